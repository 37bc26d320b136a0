/* measure.c: run one command and report what it cost
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: measure REPORT COMMAND [ARGUMENT…]
 *
 * Writes "wall_us user_us system_us peak_kb" to REPORT when COMMAND ends. The peak is that of the
 * largest single process among COMMAND and the children that it waited for. A harness in Python
 * cannot ask for this itself: Linux carries a process's peak across exec, so every child of Python
 * would look at least as large as Python. SIGTERM and SIGINT are passed on. */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile pid_t child_pid;

static void
forward_signal (int number)
{
  if (child_pid > 0)
    kill (child_pid, number);
}

static long long
now_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static long long
time_us (struct timeval time)
{
  return time.tv_sec * 1000000LL + time.tv_usec;
}

static int
write_report (const char *path, long long wall_us, const struct rusage *usage)
{
  FILE *report = fopen (path, "w");

  if (report == NULL)
    return -1;

  fprintf (report, "%lld %lld %lld %ld\n", wall_us, time_us (usage->ru_utime),
           time_us (usage->ru_stime), usage->ru_maxrss);
  return fclose (report);
}

int
main (int argc, char **argv)
{
  struct sigaction action = { .sa_handler = forward_signal };
  struct rusage usage;
  long long started_us;
  int status;
  pid_t pid;

  if (argc < 3)
    {
      fprintf (stderr, "Usage: measure REPORT COMMAND [ARGUMENT…]\n");
      return 2;
    }

  sigaction (SIGTERM, &action, NULL);
  sigaction (SIGINT, &action, NULL);

  started_us = now_us ();
  pid = fork ();
  if (pid < 0)
    {
      perror ("measure: fork");
      return 125;
    }
  if (pid == 0)
    {
      execvp (argv[2], argv + 2);
      perror (argv[2]);
      _exit (127);
    }

  child_pid = pid;
  while (wait4 (pid, &status, 0, &usage) < 0)
    if (errno != EINTR)
      {
        perror ("measure: wait4");
        return 125;
      }

  if (write_report (argv[1], now_us () - started_us, &usage) != 0)
    {
      perror (argv[1]);
      return 125;
    }

  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}
