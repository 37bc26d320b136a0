# SPDX-License-Identifier: GPL-3.0-or-later
"""Amends itself, through the programs that people run.

Two devices are enrolled and synced once, so that what is measured is the cases. Unlocking a store
is slow on purpose and is no part of a sync: `sync --json` counts time and memory from the moment
the key is in hand. Time and memory of the whole process stand beside it.
"""

import json
import pathlib
import statistics

import harness
import workload

N_SAVES = 200
N_SMALL = 3
EXIT_NETWORK = 3
DATA = pathlib.Path(__file__).resolve().parents[2] / "data"


class Amends:
    name = "amends"

    def __init__(self, scene, record, _today):
        self.scene = scene
        self.record = record
        self.port = harness.free_port()
        self.ctl = find_program(scene.build, "src/cli/amendsctl")
        self.server_program = find_program(scene.build, "src/server/amends-server")
        self.clocks_program = find_program(scene.build, "tests/bench/bench-clocks")
        self.first, self.second, self.server = (
            scene.folder / name for name in ("first", "second", "server"))
        self.passphrase = scene.folder / "passphrase"
        self.passphrase.write_text("seven quiet herons wade at dusk\n")
        self.passphrase.chmod(0o600)

    # ------------------------------------------------------------------ the two programs

    def server_command(self, *arguments):
        return self.scene.run([self.server_program, "--data", self.server, *arguments])

    def amendsctl(self, store, *arguments, **options):
        return self.scene.run([self.ctl, "--store", store, *arguments,
                               "--passphrase-file", self.passphrase], **options)

    def json(self, outcome):
        try:
            return json.loads(outcome.output)
        except ValueError:
            raise harness.PeerFailure("not one JSON value: %r" % outcome.output[:500])

    def feed_lines(self, command, lines):
        """Gives @lines to one process; returns what it cost and its answers, a JSON value each."""
        path = self.scene.folder / "lines"
        with open(path, "w", encoding="utf-8") as handle:
            handle.writelines(workload.compact(line) + "\n" for line in lines)
        with open(path, "rb") as stdin:
            outcome = self.amendsctl(self.first, command, "--json", "--lines", "-", stdin=stdin)
        answers = [json.loads(line) for line in outcome.output.splitlines()]
        if len(answers) != len(lines):
            raise harness.PeerFailure("%s answered %d of %d lines"
                                      % (command, len(answers), len(lines)))
        return outcome, answers

    # ------------------------------------------------------------------ what the harness asks

    def serve(self, port):
        return harness.Server(self.scene, [self.server_program, "--data", self.server, "serve",
                                           "--listen", "127.0.0.1:%d" % port])

    def upload(self, may_fail):
        return self.amendsctl(self.first, "sync", "--json", may_fail=may_fail)

    def restore(self):
        harness.restore(self.first, self.second, self.server)

    def n_at_server(self):
        return self.verify(self.server_command("verify", "--json"))

    def n_doubled(self, n_expected):
        return max(0, self.n_at_server() - n_expected)

    def check_after_cut(self, status):
        if status != EXIT_NETWORK:
            raise harness.PeerFailure("a cut line gave exit %d, not %d" % (status, EXIT_NETWORK))
        server = self.serve(self.port)
        try:
            self.sync(self.second)
        finally:
            server.stop()
        self.check_equal()

    # ------------------------------------------------------------------ the measurements

    def measure(self, cases):
        n_events = len(cases) * workload.EVENTS_PER_CASE
        self.prepare()
        self.create(cases)
        harness.keep(self.first, self.second, self.server)

        disk = (("client_disk_bytes", self.first), ("server_disk_bytes", self.server))
        row = self.exchange("upload", self.first, disk)
        self.expect(row, "sent", n_events)
        for _turn in range(N_SMALL):
            self.exchange("nothing", self.first)
        row = self.exchange("pull", self.second)
        self.expect(row, "received", n_events)
        self.measure_list()
        for turn in range(N_SMALL):
            self.note([self.references[-1]], turn)
            self.expect(self.exchange("push_one", self.first), "sent", 1)
            self.expect(self.exchange("pull_one", self.second), "received", 1)
        self.check_equal()
        self.measure_save()
        self.measure_clocks()
        harness.cut_at_half(self, n_events)
        self.measure_far(n_events)

    def prepare(self):
        self.server_command("init", "--organisation", "Fenwater Homes", "--host", "localhost",
                            "--host", "127.0.0.1")
        self.server_command("scheme", "add", "oak", "--name", "Oak Court")
        server = self.serve(self.port)
        try:
            for store, name, person in ((self.first, "Office laptop", "Hesta Penwick"),
                                        (self.second, "Second laptop", "Jorren Kelmere")):
                code = self.server_command("invite", "--feeds", "org,s.oak", "--kind", "staff")
                self.amendsctl(store, "enrol", "--server", "https://localhost:%d" % self.port,
                               "--code", code.output.split()[-1], "--name", name,
                               "--staff", person)
            # Each learns of the other before anything is counted.
            for store in (self.first, self.second, self.first):
                self.sync(store)
        finally:
            server.stop()

    def create(self, cases):
        recorded, answers = self.feed_lines("record", [case.intake for case in cases])
        self.references = [answer["reference"] for answer in answers]
        n_events = sum(len(answer["events"]) for answer in answers)
        acted, answers = self.feed_lines("act", [
            {"reference": reference, "act": act}
            for reference, case in zip(self.references, cases) for act in case.acts])
        n_events += sum(len(answer["events"]) for answer in answers)
        if n_events != len(cases) * workload.EVENTS_PER_CASE:
            raise harness.PeerFailure("%d cases made %d events" % (len(cases), n_events))
        self.record({"operation": "create", "wall_ms": recorded.wall_ms + acted.wall_ms,
                     "record_ms": recorded.wall_ms, "act_ms": acted.wall_ms})

    def note(self, references, turn):
        return self.feed_lines("act", [{"reference": reference, "act": workload.make_note(turn)}
                                       for reference in references])[0]

    def sync(self, store):
        outcome = self.amendsctl(store, "sync", "--json")
        return outcome, self.json(outcome)

    def sync_counted(self, store):
        outcome, answer = self.sync(store)
        extras = {key: answer[key] for key in ("wall_ms", "requests", "bytes_up", "bytes_down", "sent",
                                               "received", "waiting")}
        return outcome, {"client_peak_kb": answer["peak_kb"], **extras}

    def exchange(self, operation, store, disk=()):
        return harness.exchange(self, operation, lambda: self.sync_counted(store), disk)

    def measure_far(self, n_events):
        self.restore()
        for operation, store, what, n_expected in (
                ("far_upload", self.first, "sent", n_events), ("far_nothing", self.first, "sent", 0),
                ("far_pull", self.second, "received", n_events)):
            row = harness.exchange_far(self, operation, lambda store=store: self.sync_counted(store))
            self.expect(row, what, n_expected)
        self.check_equal()

    def expect(self, row, what, n_events):
        if row[what] != n_events or row["waiting"] != 0:
            raise harness.PeerFailure("%s: %d %s, not %d; %d waiting" % (
                row["operation"], row[what], what, n_events, row["waiting"]))

    def measure_list(self):
        """The first list after a fresh pull: whether folding was put off until then."""
        for operation in ("list_first", "list_again"):
            outcome = self.amendsctl(self.second, "list", "--limit", "50", "--json")
            if not self.json(outcome):
                raise harness.PeerFailure("no case is listed after the pull")
            self.record({"operation": operation, "process_ms": outcome.wall_ms,
                         "process_peak_kb": outcome.peak_kb})

    def measure_save(self):
        """Many acts in one process less one act in one process: what one act adds."""
        few, many = [], []
        for turn in range(N_SMALL):
            few.append(self.note(self.references[:1], turn).wall_ms)
            many.append(self.note(spread(self.references, N_SAVES + 1), turn).wall_ms)
        slope = (statistics.median(many) - statistics.median(few)) / N_SAVES
        self.record({"operation": "save", "wall_ms": slope, "process_ms": statistics.median(few)})

    def measure_clocks(self):
        """Rows of clocks, by all policies, in one process that does nothing else."""
        outcome = self.scene.run([self.clocks_program, DATA])
        self.record({"operation": "clocks", **self.json(outcome)})

    # ------------------------------------------------------------------ is it all there

    def verify(self, outcome):
        answer = self.json(outcome)
        if not answer["ok"]:
            raise harness.PeerFailure("damage: %s" % outcome.output)
        return answer["events"]

    def check_equal(self):
        """Both devices and the server are whole, and the devices agree on every case."""
        states = []
        for store in (self.first, self.second):
            self.verify(self.amendsctl(store, "fsck", "--json"))
            states.append(self.json(self.amendsctl(store, "rebuild", "--json")))
        self.n_at_server()
        for key in ("events", "cases", "state_hash"):
            if states[0][key] != states[1][key]:
                raise harness.PeerFailure("the devices differ in %s: %s" % (key, states))
        self.record({"operation": "check", "events": states[0]["events"],
                     "state_hash": states[0]["state_hash"]})


def spread(references, n_wanted):
    """@n_wanted references, of as many cases as there are."""
    return [references[number % len(references)] for number in range(n_wanted)]


def find_program(build, name):
    program = build / name
    if not program.exists():
        raise harness.PeerFailure("%s is not built" % program)
    return program
