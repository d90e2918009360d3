/* A disk that can be told to fail. Loaded into a child process with LD_PRELOAD.

   Every act that changes a file under one folder is counted. A control file, mapped into memory
   here and in the test, says from which act on the disk refuses and with what error, how many
   bytes it still takes, and at which act the process dies. Each act that went through can be
   written to a log, with what the process said on its standard output, so that a test can work
   out what a disk would hold had the power been cut in between.

   Not followed: memory maps (SQLite's -shm, which no reader trusts after a cut) and calls past
   libc. `layer.py` has the same `struct control`. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum kind { MAKE = 1, WRITE = 2, CUT = 4, SYNC = 8, RENAME = 16, REMOVE = 32, FOLDER = 64, READ = 128, SAID = 256 };

struct control {
    char under[1024];     /* the folder; empty: nothing is watched */
    char log[1024];       /* where acts are logged; empty: nowhere */
    uint64_t acts;        /* acts so far */
    uint64_t written;     /* bytes written so far */
    uint64_t refused;     /* acts the disk refused */
    uint64_t fail_from;   /* the first act it refuses; 0: none */
    uint64_t fail_until;  /* the first act it takes again; 0: never */
    uint64_t room;        /* bytes it takes before it is full; 0: no end */
    uint64_t kinds;       /* the kinds of act it refuses */
    uint64_t error;       /* errno */
    uint64_t kill_at;     /* the act at which the process dies; 0: none */
};

static struct control *control;
static int log_file = -1;

static int (*next_open)(const char *, int, ...);
static int (*next_openat)(int, const char *, int, ...);
static ssize_t (*next_read)(int, void *, size_t);
static ssize_t (*next_pread)(int, void *, size_t, off64_t);
static ssize_t (*next_write)(int, const void *, size_t);
static ssize_t (*next_pwrite)(int, const void *, size_t, off64_t);
static int (*next_ftruncate)(int, off64_t);
static int (*next_fsync)(int);
static int (*next_fdatasync)(int);
static int (*next_rename)(const char *, const char *);
static int (*next_unlink)(const char *);
static int (*next_unlinkat)(int, const char *, int);
static int (*next_mkdir)(const char *, mode_t);
static int (*next_rmdir)(const char *);
static ssize_t (*next_sendfile)(int, int, off64_t *, size_t);

__attribute__((constructor)) static void begin(void)
{
    next_open = dlsym(RTLD_NEXT, "open64");
    next_openat = dlsym(RTLD_NEXT, "openat64");
    next_read = dlsym(RTLD_NEXT, "read");
    next_pread = dlsym(RTLD_NEXT, "pread64");
    next_write = dlsym(RTLD_NEXT, "write");
    next_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    next_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    next_fsync = dlsym(RTLD_NEXT, "fsync");
    next_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    next_rename = dlsym(RTLD_NEXT, "rename");
    next_unlink = dlsym(RTLD_NEXT, "unlink");
    next_unlinkat = dlsym(RTLD_NEXT, "unlinkat");
    next_mkdir = dlsym(RTLD_NEXT, "mkdir");
    next_rmdir = dlsym(RTLD_NEXT, "rmdir");
    next_sendfile = dlsym(RTLD_NEXT, "sendfile64");
    const char *where = getenv("INTAKE_FAULTS");
    int file = where ? next_open(where, O_RDWR) : -1;
    if (file < 0)
        return;
    void *mapped = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (mapped != MAP_FAILED)
        control = mapped;
}

/* Where a file is. */

static int is_under(const char *path)
{
    size_t long_ = strlen(control->under);
    return long_ && !strncmp(path, control->under, long_) && (path[long_] == '/' || !path[long_]);
}

static int place_at(int at, const char *path, char *full)
{
    if (!control || !control->under[0])
        return 0;
    if (path[0] == '/') {
        snprintf(full, PATH_MAX, "%s", path);
    } else {
        char base[PATH_MAX] = "";
        if (at == AT_FDCWD) {
            if (!getcwd(base, sizeof base))
                return 0;
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", at);
            ssize_t n = readlink(link, base, sizeof base - 1);
            if (n < 0)
                return 0;
            base[n] = 0;
        }
        if ((size_t)snprintf(full, PATH_MAX, "%s/%s", base, path) >= PATH_MAX)
            return 0;
    }
    return is_under(full);
}

static int place_of(int file, char *full)
{
    if (!control || !control->under[0] || file == log_file)
        return 0;
    int kept = errno;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t n = readlink(link, full, PATH_MAX - 1);
    errno = kept;
    if (n < 0)
        return 0;
    full[n] = 0;
    return is_under(full);
}

/* What happens to an act. */

static int refuses(enum kind kind)
{
    uint64_t act = control->acts;
    int now = control->fail_from && act >= control->fail_from;
    if (control->fail_until && act >= control->fail_until)
        now = 0;
    if (!now || !(control->kinds & kind))
        return 0;
    control->refused++;
    errno = (int)control->error;
    return 1;
}

/* Count an act; die in it or refuse it where that was asked for. */
static int comes(enum kind kind)
{
    uint64_t act = __sync_add_and_fetch(&control->acts, 1);
    if (control->kill_at && act == control->kill_at)
        kill(getpid(), SIGKILL);
    return refuses(kind);
}

static void put(const void *data, size_t size)
{
    while (size) {
        ssize_t n = next_write(log_file, data, size);
        if (n <= 0)
            abort();
        data = (const char *)data + n;
        size -= (size_t)n;
    }
}

/* One line of the log: kind, place, size; then the path, the other path and the bytes. */
static void tell(enum kind kind, const char *path, uint64_t at, const void *data, uint64_t size)
{
    if (!control || !control->log[0])
        return;
    int kept = errno;
    if (log_file < 0)
        log_file = next_open(control->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_file < 0)
        abort();
    uint64_t head[4] = {kind, strlen(path), at, data ? size : 0};
    put(head, sizeof head);
    put(path, head[1]);
    put(data, head[3]);
    errno = kept;
}

/* How much of a write goes through: all, or what there is room for. */
static size_t fits(size_t size)
{
    if (!control->room)
        return size;
    uint64_t left = control->room > control->written ? control->room - control->written : 0;
    return size < left ? size : (size_t)left;
}

static int opened(int at, const char *path, int flags, mode_t mode)
{
    char full[PATH_MAX];
    int watched = place_at(at, path, full);
    int writes = (flags & O_ACCMODE) != O_RDONLY;
    if (!watched)
        return next_openat(at, path, flags, mode);
    struct stat found;
    int made = (flags & O_CREAT) && stat(full, &found) != 0;
    if (made || (flags & O_TRUNC)) {
        if (comes(MAKE))
            return -1;
    } else if (refuses(writes && control->error == EROFS ? MAKE : READ)) {
        return -1;
    }
    int file = next_openat(at, path, flags, mode);
    if (file >= 0 && made)
        tell(MAKE, full, 0, NULL, 0);
    else if (file >= 0 && (flags & O_TRUNC))
        tell(CUT, full, 0, NULL, 0);
    return file;
}

/* The calls. */

#define MODE_OF(flags)                                                                            \
    mode_t mode = 0;                                                                              \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                                        \
        va_list more;                                                                             \
        va_start(more, flags);                                                                    \
        mode = va_arg(more, mode_t);                                                              \
        va_end(more);                                                                             \
    }

int open(const char *path, int flags, ...) { MODE_OF(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE_OF(flags) return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE_OF(flags) return opened(at, path, flags, mode); }

ssize_t read(int file, void *data, size_t size)
{
    char full[PATH_MAX];
    if (control && control->fail_from && place_of(file, full) && refuses(READ))
        return -1;
    return next_read(file, data, size);
}

ssize_t pread64(int file, void *data, size_t size, off64_t at)
{
    char full[PATH_MAX];
    if (control && control->fail_from && place_of(file, full) && refuses(READ))
        return -1;
    return next_pread(file, data, size, at);
}

ssize_t pread(int file, void *data, size_t size, off_t at) { return pread64(file, data, size, at); }

static ssize_t wrote(int file, const void *data, size_t size, off64_t at, int placed)
{
    char full[PATH_MAX];
    if (!place_of(file, full)) {
        if (file == STDOUT_FILENO)
            tell(SAID, "", 0, data, size);
        return placed ? next_pwrite(file, data, size, at) : next_write(file, data, size);
    }
    uint64_t act = __sync_add_and_fetch(&control->acts, 1);
    int dies = control->kill_at && act == control->kill_at;
    if (!dies && refuses(WRITE))
        return -1;
    size_t part = dies ? size / 2 : fits(size); /* it dies in the middle of a write */
    if (size && !part && !dies) {
        control->refused++;
        errno = ENOSPC;
        return -1;
    }
    if (!placed) {
        int flags = fcntl(file, F_GETFL);
        at = lseek64(file, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR);
    }
    ssize_t n = placed ? next_pwrite(file, data, part, at) : next_write(file, data, part);
    if (n > 0) {
        control->written += (uint64_t)n;
        tell(WRITE, full, (uint64_t)at, data, (uint64_t)n);
    }
    if (dies)
        kill(getpid(), SIGKILL);
    return n;
}

ssize_t write(int file, const void *data, size_t size) { return wrote(file, data, size, 0, 0); }
ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) { return wrote(file, data, size, at, 1); }
ssize_t pwrite(int file, const void *data, size_t size, off_t at) { return wrote(file, data, size, at, 1); }

/* Python's quick ways to copy a file give up at this and read and write. */
ssize_t sendfile64(int out, int in, off64_t *at, size_t size)
{
    char full[PATH_MAX];
    if (place_of(out, full)) {
        errno = EINVAL;
        return -1;
    }
    return next_sendfile(out, in, at, size);
}
ssize_t sendfile(int out, int in, off_t *at, size_t size) { return sendfile64(out, in, (off64_t *)at, size); }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags)
{
    (void)in, (void)from, (void)out, (void)to, (void)size, (void)flags;
    errno = EXDEV;
    return -1;
}

int ftruncate64(int file, off64_t size)
{
    char full[PATH_MAX];
    if (!place_of(file, full))
        return next_ftruncate(file, size);
    if (comes(CUT))
        return -1;
    int done = next_ftruncate(file, size);
    if (!done)
        tell(CUT, full, (uint64_t)size, NULL, 0);
    return done;
}
int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

static int synced(int file, int (*next)(int))
{
    char full[PATH_MAX];
    if (!place_of(file, full))
        return next(file);
    if (comes(SYNC))
        return -1;
    int done = next(file);
    if (!done)
        tell(SYNC, full, 0, NULL, 0);
    return done;
}
int fsync(int file) { return synced(file, next_fsync); }
int fdatasync(int file) { return synced(file, next_fdatasync); }

int rename(const char *from, const char *to)
{
    char old[PATH_MAX], new[PATH_MAX];
    int watched = place_at(AT_FDCWD, from, old) | place_at(AT_FDCWD, to, new);
    if (!watched)
        return next_rename(from, to);
    if (comes(RENAME))
        return -1;
    int done = next_rename(from, to);
    if (!done)
        tell(RENAME, old, 0, new, strlen(new));
    return done;
}

int unlink(const char *path)
{
    char full[PATH_MAX];
    if (!place_at(AT_FDCWD, path, full))
        return next_unlink(path);
    if (comes(REMOVE))
        return -1;
    int done = next_unlink(path);
    if (!done)
        tell(REMOVE, full, 0, NULL, 0);
    return done;
}

int unlinkat(int at, const char *path, int flags)
{
    char full[PATH_MAX];
    if (!place_at(at, path, full))
        return next_unlinkat(at, path, flags);
    if (comes(REMOVE))
        return -1;
    int done = next_unlinkat(at, path, flags);
    if (!done)
        tell(REMOVE, full, 0, NULL, 0);
    return done;
}

int rmdir(const char *path)
{
    char full[PATH_MAX];
    if (!place_at(AT_FDCWD, path, full))
        return next_rmdir(path);
    if (comes(REMOVE))
        return -1;
    int done = next_rmdir(path);
    if (!done)
        tell(REMOVE, full, 0, NULL, 0);
    return done;
}

int mkdir(const char *path, mode_t mode)
{
    char full[PATH_MAX];
    if (!place_at(AT_FDCWD, path, full))
        return next_mkdir(path, mode);
    if (comes(FOLDER))
        return -1;
    int done = next_mkdir(path, mode);
    if (!done)
        tell(FOLDER, full, 0, NULL, 0);
    return done;
}
