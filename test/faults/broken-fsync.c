/* Loaded before the C library: while the named file exists, no sync succeeds. The disk's own word, as SQLite hears it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int is_broken (void) {
  const char *file = getenv("FSYNC_BROKEN_WHILE");
  return file != NULL && access(file, F_OK) == 0;
}

static int sync_as (const char *name, int fd) {
  if (is_broken()) {
    errno = EIO;
    return -1;
  }
  return ((int (*)(int)) dlsym(RTLD_NEXT, name))(fd);
}

int fsync (int fd) { return sync_as("fsync", fd); }
int fdatasync (int fd) { return sync_as("fdatasync", fd); }
