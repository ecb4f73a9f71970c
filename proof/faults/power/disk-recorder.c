/*
 * Preloaded into a database (LD_PRELOAD): writes down, in order, what it writes to its files and when it syncs them. One turn for all
 * threads: what is recorded before a sync was written before it. DISK_PREFIX: paths that count begin so. DISK_RECORD: where it goes.
 * A record: kind, length of the path, length of the data (4 bytes each), offset (8 bytes), path, data.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *prefix;
static int record = -1;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("DISK_RECORD");
  prefix = getenv("DISK_PREFIX");
  if (prefix && path) record = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static int counts(const char *path) { return record >= 0 && strncmp(path, prefix, strlen(prefix)) == 0; }

static int is_recorded(int fd, char *path) {
  char link[32];
  ssize_t length;
  if (record < 0) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return counts(path);
}

static void note(char kind, const char *path, uint64_t offset, const void *data, uint32_t length) {
  struct __attribute__((packed)) { uint32_t kind, path, data; uint64_t offset; } head = {kind, strlen(path), length, offset};
  struct iovec parts[3] = {{&head, sizeof head}, {(void *)path, head.path}, {(void *)data, length}};
  if (writev(record, parts, 3) != (ssize_t)(sizeof head + head.path + length)) abort();
}

ssize_t write(int fd, const void *data, size_t length) {
  char path[PATH_MAX];
  ssize_t written;
  if (!is_recorded(fd, path)) return syscall(SYS_write, fd, data, length);
  pthread_mutex_lock(&turn);
  written = syscall(SYS_write, fd, data, length);
  if (written > 0) note('w', path, (uint64_t)(lseek(fd, 0, SEEK_CUR) - written), data, (uint32_t)written);
  pthread_mutex_unlock(&turn);
  return written;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  char path[PATH_MAX];
  ssize_t written;
  if (!is_recorded(fd, path)) return syscall(SYS_pwrite64, fd, data, length, offset);
  pthread_mutex_lock(&turn);
  written = syscall(SYS_pwrite64, fd, data, length, offset);
  if (written > 0) note('w', path, (uint64_t)offset, data, (uint32_t)written);
  pthread_mutex_unlock(&turn);
  return written;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite64(fd, data, length, offset); }

int ftruncate64(int fd, off64_t length) {
  char path[PATH_MAX];
  int failed;
  if (!is_recorded(fd, path)) return (int)syscall(SYS_ftruncate, fd, length);
  pthread_mutex_lock(&turn);
  failed = (int)syscall(SYS_ftruncate, fd, length);
  if (!failed) note('t', path, (uint64_t)length, "", 0);
  pthread_mutex_unlock(&turn);
  return failed;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int sync_by(long call, int fd) {
  char path[PATH_MAX];
  int failed;
  if (!is_recorded(fd, path)) return (int)syscall(call, fd);
  pthread_mutex_lock(&turn);
  failed = (int)syscall(call, fd);
  if (!failed) note('s', path, 0, "", 0);
  pthread_mutex_unlock(&turn);
  return failed;
}

int fsync(int fd) { return sync_by(SYS_fsync, fd); }
int fdatasync(int fd) { return sync_by(SYS_fdatasync, fd); }

int unlink(const char *path) {
  int failed;
  if (!counts(path)) return unlinkat(AT_FDCWD, path, 0);
  pthread_mutex_lock(&turn);
  failed = unlinkat(AT_FDCWD, path, 0);
  if (!failed) note('u', path, 0, "", 0);
  pthread_mutex_unlock(&turn);
  return failed;
}
