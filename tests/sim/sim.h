/* sim.h: an organisation's life in one process, from one seed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server, its backups and 2 to 40 devices are the product's own object files. Time, chance, the line
 * and the disks are the simulation's. Nothing here runs in a second thread: while one device waits for the
 * line the others go on, and what they do is done before it gets its answer. */

#pragma once

#include "server/amends-server.h"
#include "support/device.h"
#include "support/disk.h"
#include "sync/amends-engine.h"

G_BEGIN_DECLS

#define SIM_MAX_DEVICES 40
#define SIM_MAX_BACKUPS 4
#define SIM_MAX_DEPTH 3            /* of waits within waits */
#define SIM_FIRST_BY_HAND 1000000  /* seeds from here on have somebody who goes by hand */
#define SIM_FIRST_MOVES 3000000    /* in a million seeds from here on cases move between schemes */
#define SIM_FIRST_ERASURES 4000000 /* in a million seeds from here on two people erase */
#define SIM_FIRST_BOTH 5000000     /* in a million seeds from here on both */
#define SIM_MAX_EXCHANGES 10       /* a device may need to come to rest: invariant I12 */

typedef struct _Sim Sim;

/**
 * SimMachine: a computer with a clock and a disk of its own
 * @environment: handed to store and server
 * @offset: how far its clock is from the true time, microseconds
 * @stands_at: where its clock stands still; 0 if it goes
 * @path: of the one folder on its disk
 * @fault: what its disk was told to do
 */
typedef struct
{
  Sim *sim;
  AmendsEnvironment environment;
  gint64 offset;
  gint64 stands_at;
  char *path;
  TestDisk *disk;
  TestDiskFault fault;
} SimMachine;

/**
 * SimHolding: what a store is known to hold, for the model
 * @tokens: (element-type utf8): what people wrote that is in it; each was said to be saved or received
 * @access: (element-type utf8): of the server, "code feed" for each feed that a device may read
 * @revoked: (element-type utf8): of the server, the codes withdrawn
 * @codes: (element-type utf8): of the server, the codes it knows
 * @heard: (element-type utf8): of a device, "code withdrawn", "code enrolled" and "code loses feed at" as it has read in the server's log
 */
typedef struct
{
  GHashTable *tokens;
  GHashTable *access;
  GHashTable *revoked;
  GHashTable *codes;
  GHashTable *heard;
} SimHolding;

/**
 * SimImage: a copy of a store, kept for later
 */
typedef struct
{
  char *path;
  SimHolding *holding;
} SimImage;

typedef struct _SimDevice SimDevice;

/* A device's end of the line. */
typedef struct
{
  AmendsTransport base;
  SimDevice *device;
} SimLine;

/**
 * SimDevice:
 * @store: (nullable): %NULL while the machine is off
 * @line: to the server
 * @image: (nullable): an older copy of its folder
 * @last_reply: (nullable): the reply to the exchange before
 * @n_exchanges: since the faults stopped
 * @n_failures: syncs that failed since the last that did not
 * @next_sync_at: when it tries again, by the true time
 * @is_syncing: an engine of this device waits for the line
 * @is_forgotten: whether the server said so at its last sync
 * @is_withdrawn: as @is_forgotten
 * @is_leaving: whether something that was taken from it was there when it was last looked at
 */
struct _SimDevice
{
  SimMachine machine;
  char *name;
  AmendsStore *store;
  SimLine line;
  SimHolding *holding;
  GHashTable
      *unsure; /* tokens of acts that were said to have failed, or of which nothing was said */
  SimImage *image;
  GBytes *last_reply;
  guint n_exchanges;
  guint n_failures;
  gint64 next_sync_at;
  gboolean is_syncing;
  gboolean is_forgotten;
  gboolean is_withdrawn;
  gboolean is_leaving;
  char code_seen[5]; /* the code under which it last wrote */
};

/**
 * SimLetter: a request that the line delivers once more, later
 */
typedef struct
{
  char *device;
  guint64 request;
  char *body_hash;
  char *signature;
  GBytes *body;
} SimLetter;

/**
 * SimFacts: one event that a person caused, as the model remembers it
 * @token: the words in it that no other event has
 * @act: the act it belongs to: all of an act is saved, or nothing
 * @of_case: (nullable): the token of the event that began the case
 * @feed: where it was written
 * @is_home: whether it says where the complainant lives
 * @after: (nullable) (element-type utf8): tokens of the events that it names as those its author had
 *   seen; %NULL before it was found saved
 */
typedef struct
{
  char *token;
  guint act;
  char *of_case;
  char *feed;
  gboolean is_home;
  GPtrArray *after;
} SimFacts;

/**
 * SimStick: a file that was written to be carried, and perhaps its answer
 * @device: (unowned): whose it is
 * @path: of the file
 * @reply: where the server puts its answer
 */
typedef struct
{
  SimDevice *device;
  char *path;
  char *reply;
} SimStick;

/* How likely each kind of trouble is, drawn once a seed: per mille of the steps or exchanges. */
typedef struct
{
  guint line;
  guint wait;
  guint disk;
  guint server_disk;
  guint clock;
  guint clone;
  guint rollback;
  guint restore;
  guint backup;
  guint grant;
  guint revoke;
  guint enrol;
  guint hand;
  guint move;
  guint erase;
} SimClimate;

struct _Sim
{
  guint64 seed;
  guint64 dice;  /* what happens */
  guint64 noise; /* what the product draws */
  gint64 now;    /* the true time, microseconds since 1970 UTC */
  char *folder;
  gboolean is_verbose;
  gboolean is_calm;      /* the faults have stopped */
  gboolean follows_lost; /* a lost log was handed in, and what came of it has not been seen */
  guint depth;
  int loss;      /* what a machine that stops loses; -1: any */
  guint64 trace; /* hash of all that was said: equal for equal seeds */
  guint n_failures;
  SimClimate climate;
  guint n_steps;

  SimMachine server_machine;
  AmendsServer *server; /* (nullable): %NULL while it is down */
  SimHolding *server_holding;
  GPtrArray *exchanges; /* element-type SimExchange: those under way */
  GPtrArray *backups;   /* element-type SimImage */
  GPtrArray *letters;   /* element-type SimLetter */
  GPtrArray *devices;   /* element-type SimDevice */
  GPtrArray *sticks;    /* element-type SimStick */

  GHashTable *
      perhaps; /* "code feed", "code withdrawn", "enrolled": what failed, and may have been done all the same */
  GHashTable *
      said; /* "code enrolled", "code withdrawn", "code gains feed", "code loses feed": whatever the server's
                      * log ever had, in whatever branch */
  GHashTable *last;  /* "code feed" -> what was said last of it, as the heard words of a holding */
  GHashTable *facts; /* token -> SimFacts */
  guint n_acts;
  guint n_backups;
  SimImage *
      first_backup; /* (not owned) (nullable): no older one is restored: something in it has left a device */
  GHashTable *
      ids; /* "feed id" -> set of tokens, of what was ever seen on a device: of two clones more than one */
  GHashTable *erased; /* ids that the server's log ever said were erased, in whatever branch */
  GHashTable *gone;   /* tokens that were ever seen under these */
  GHashTable *left;   /* "device feed instant": what was found to have left one */
  guint n_restores;
  guint n_sticks;
  guint n_rollbacks; /* of devices, and clones */
};

typedef struct
{
  AmendsExchange *exchange; /* (nullable): %NULL once the server went down */
} SimExchange;

/* sim.c: the world */
Sim *sim_new (guint64 seed, gboolean is_verbose);
Sim *sim_new_calm (guint64 seed, guint n_devices);
void sim_free (Sim *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sim, sim_free)
void sim_say (Sim *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void sim_fail (Sim *self, const char *invariant, const char *format, ...) G_GNUC_PRINTF (3, 4);
guint sim_draw (Sim *self, guint n);
gboolean sim_chance (Sim *self, guint per_mille);
TestDiskLoss sim_draw_loss (Sim *self);
void sim_machine_init (SimMachine *self, Sim *sim, const char *path);
void sim_machine_clear (SimMachine *self);
void sim_machine_set_fault (SimMachine *self, TestDiskFault fault, guint n_good);
void sim_step (Sim *self);
void sim_wait (Sim *self);

/* device.c: a device switched on and off, and what its disk does */
SimDevice *sim_device_new (Sim *sim, const char *name);
void sim_device_free (SimDevice *self);
SimDevice *sim_device_enrol (Sim *sim, const char *kind, const char *feeds);
void sim_device_enrol_again (SimDevice *self);
gboolean sim_device_start (SimDevice *self);
void sim_device_stop (SimDevice *self);
void sim_device_look (SimDevice *self);
void sim_device_after (SimDevice *self);
gboolean sim_device_sync (SimDevice *self, AmendsSyncReport *ret_report);
void sim_device_check_report (SimDevice *self, const AmendsSyncReport *report);
const char *sim_device_get_code (const SimDevice *self);

/* line.c: the line, and the server's end of it */
void sim_line_init (SimLine *self, SimDevice *device);
void sim_letter_free (SimLetter *self);
void sim_deliver_letter (Sim *self);
void sim_follow_lost (Sim *self);
void sim_server_start (Sim *self);
void sim_server_stop (Sim *self);
void sim_server_after (Sim *self);

/* hand.c: what is carried by hand */
void sim_stick_free (SimStick *self);
void sim_carry (SimDevice *device);

/* people.c: what people do */
typedef enum
{
  SIM_RECORD,
  SIM_NOTE,
  SIM_MOVE,
  SIM_ADD_ISSUE,
  SIM_CONSENT,
  SIM_SETTLE,
  SIM_MOVE_CASE,
  SIM_ERASE,
} SimDeed;

void sim_people_do (SimDevice *device, SimDeed deed);
gboolean sim_people_move_all (SimDevice *device);
void sim_people_join (SimDevice *device);
void sim_people_act (SimDevice *device);
void sim_people_write_ahead (SimDevice *device);

/* life.c: what befalls devices and server */
void sim_life (Sim *self);
void sim_make_image (SimDevice *device);
void sim_put_image_back (SimDevice *device);
SimDevice *sim_clone (SimDevice *device);
void sim_back_up (Sim *self);
void sim_restore (Sim *self);
void sim_change_grant (SimDevice *device, const char *feed);
void sim_revoke (SimDevice *device);
void sim_image_free (SimImage *self);

/* model.c: what the simulation remembers */
SimHolding *sim_holding_new (void);
SimHolding *sim_holding_copy (const SimHolding *from);
void sim_holding_free (SimHolding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimHolding, sim_holding_free)
SimFacts *sim_facts_add (Sim *self, const char *token, guint act);
const SimFacts *sim_facts_get (Sim *self, const char *token);
void sim_facts_fill (Sim *self, const GPtrArray *events);
void sim_facts_free (SimFacts *self);
char *sim_find_token (const AmendsEvent *event);
GHashTable *sim_get_tokens_of (Sim *self, const char *place);
void sim_know_id (Sim *self, const char *feed, const AmendsId *id, const char *token);
void sim_know_erased (Sim *self, const AmendsId *id);
GPtrArray *sim_read_case (AmendsStore *store, const AmendsId *id);
GHashTable *sim_read_tokens (Sim *self, AmendsStore *store, GHashTable **ret_ids);
gboolean sim_has_unclear (Sim *self, const GPtrArray *events);
void sim_read_set_aside (AmendsStore *store, GHashTable *tokens);
gboolean sim_names_another (Sim *self, const GPtrArray *events);
GHashTable *sim_list_present (Sim *self, const GPtrArray *events);
gboolean sim_comes_after (Sim *self, const char *later, const char *earlier, GHashTable *present);

/* check.c: the faults stop, everything comes to rest, and the invariants hold */
void sim_finish (Sim *self);

gboolean sim_run (guint64 seed, gboolean is_verbose, guint64 *ret_trace);

G_END_DECLS
