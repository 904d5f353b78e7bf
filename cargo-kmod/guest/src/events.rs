// SPDX-License-Identifier: GPL-2.0-only
//! `poll(2)`, `select(2)`, `epoll(7)`, and signals that come while a system call sleeps.

use std::io;
use std::mem;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd};
use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::guest;
use crate::task::{LATE, Task, when_asleep};

/// `poll(2)` of one file: the events that it is ready for, of those asked for and `POLLERR`,
/// `POLLHUP`; 0 when the time is over.
///
/// # Errors
/// What `poll(2)` gives: EINTR when a signal came.
pub fn poll(file: impl AsFd, events: i16, timeout: Duration) -> io::Result<i16> {
    guest::require();
    let mut fd = libc::pollfd {
        fd: file.as_fd().as_raw_fd(),
        events,
        revents: 0,
    };
    // SAFETY: one `pollfd`, ours.
    let status = unsafe { libc::poll(&mut fd, 1, milliseconds(timeout)) };
    count(status)?;
    Ok(fd.revents)
}

/// `select(2)` of one file: whether it can be read, written, and has something exceptional.
///
/// # Errors
/// What `select(2)` gives: EINTR when a signal came.
pub fn select(file: impl AsFd, timeout: Duration) -> io::Result<[bool; 3]> {
    guest::require();
    let fd = file.as_fd().as_raw_fd();
    assert!((0..libc::FD_SETSIZE as i32).contains(&fd));
    // SAFETY: all zeroes is the empty set.
    let mut sets: [libc::fd_set; 3] = unsafe { mem::zeroed() };
    for set in &mut sets {
        // SAFETY: `fd` is less than FD_SETSIZE.
        unsafe { libc::FD_SET(fd, set) };
    }
    let [read, write, except] = &mut sets;
    let mut timeout = libc::timeval {
        tv_sec: timeout.as_secs() as _,
        tv_usec: timeout.subsec_micros().into(),
    };
    // SAFETY: three sets and a time, ours.
    let status = unsafe { libc::select(fd + 1, read, write, except, &mut timeout) };
    count(status)?;
    // SAFETY: `fd` is less than FD_SETSIZE.
    Ok(sets.map(|set| unsafe { libc::FD_ISSET(fd, &set) }))
}

/// An instance of `epoll(7)`.
#[derive(Debug)]
pub struct Epoll {
    epoll: OwnedFd,
}

impl Epoll {
    /// Makes one.
    ///
    /// # Errors
    /// What `epoll_create1(2)` gives.
    pub fn new() -> io::Result<Self> {
        guest::require();
        // SAFETY: no pointers.
        let fd = unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) };
        count(fd)?;
        // SAFETY: a new file of ours.
        let epoll = unsafe { OwnedFd::from_raw_fd(fd) };
        Ok(Self { epoll })
    }

    /// Adds a file, which is told as `data`.
    ///
    /// # Errors
    /// What `epoll_ctl(2)` gives: EPERM when the file cannot be polled.
    pub fn add(&self, file: impl AsFd, events: u32, data: u64) -> io::Result<()> {
        self.control(libc::EPOLL_CTL_ADD, file, events, data)
    }

    /// Takes a file out.
    ///
    /// # Errors
    /// What `epoll_ctl(2)` gives: ENOENT when it is not in.
    pub fn delete(&self, file: impl AsFd) -> io::Result<()> {
        self.control(libc::EPOLL_CTL_DEL, file, 0, 0)
    }

    fn control(&self, op: i32, file: impl AsFd, events: u32, data: u64) -> io::Result<()> {
        let mut event = libc::epoll_event { events, u64: data };
        let file = file.as_fd().as_raw_fd();
        // SAFETY: one event, ours.
        let status = unsafe { libc::epoll_ctl(self.epoll.as_raw_fd(), op, file, &mut event) };
        count(status).map(drop)
    }

    /// What is ready: `data` and events, of at most 16 files.
    ///
    /// # Errors
    /// What `epoll_wait(2)` gives: EINTR when a signal came.
    pub fn wait(&self, timeout: Duration) -> io::Result<Vec<(u64, u32)>> {
        let mut events = [libc::epoll_event { events: 0, u64: 0 }; 16];
        // SAFETY: room for as many events as we say.
        let status = unsafe {
            libc::epoll_wait(
                self.epoll.as_raw_fd(),
                events.as_mut_ptr(),
                events.len() as i32,
                milliseconds(timeout),
            )
        };
        let ready = &events[..count(status)?];
        Ok(ready
            .iter()
            .map(|event| (event.u64, event.events))
            .collect())
    }
}

static HANDLED: AtomicU32 = AtomicU32::new(0);

extern "C" fn handle(_signal: i32) {
    HANDLED.fetch_add(1, Ordering::Relaxed);
}

/// A signal on its way.
#[derive(Debug)]
#[must_use = "the signal may still come after the test"]
pub struct Interruption {
    sender: JoinHandle<()>,
    before: u32,
}

/// Sends the calling thread `SIGUSR1`, for which a handler is installed, once it sleeps. If
/// `restart`, the handler has `SA_RESTART`: system calls that can be begun again are.
///
/// # Errors
/// What `sigaction(2)` gives.
pub fn interrupt(restart: bool) -> io::Result<Interruption> {
    send(restart, |_| ())
}

/// As [`interrupt`], and calls `then` once the thread sleeps again, or still does.
///
/// # Errors
/// What `sigaction(2)` gives.
pub fn interrupt_then(
    restart: bool,
    then: impl FnOnce() + Send + 'static,
) -> io::Result<Interruption> {
    send(restart, |sleeper| {
        sleeper.until_asleep();
        then();
    })
}

/// Sends the signal to the calling thread once it sleeps, and hands that to `then`.
fn send(restart: bool, then: impl FnOnce(Task) + Send + 'static) -> io::Result<Interruption> {
    guest::require();
    // SAFETY: all zeroes is an action without flags and with an empty mask.
    let mut action: libc::sigaction = unsafe { mem::zeroed() };
    action.sa_sigaction = handle as extern "C" fn(i32) as libc::sighandler_t;
    action.sa_flags = if restart { libc::SA_RESTART } else { 0 };
    // SAFETY: the handler only touches an atomic.
    let status = unsafe { libc::sigaction(libc::SIGUSR1, &action, ptr::null_mut()) };
    count(status)?;
    let sleeper = Task::current();
    let before = HANDLED.load(Ordering::Relaxed);
    let sender = when_asleep(move || {
        let process = std::process::id();
        // SAFETY: no pointers; if the thread is gone, it is an error.
        unsafe { libc::syscall(libc::SYS_tgkill, process, sleeper.id(), libc::SIGUSR1) };
        then(sleeper);
    });
    Ok(Interruption { sender, before })
}

impl Interruption {
    /// Waits until all of it is done, and says how many signals were handled since it was ordered.
    ///
    /// # Panics
    /// If it could not be sent, or what was to be called then panicked.
    #[must_use]
    pub fn handled(self) -> u32 {
        self.sender.join().expect("the signal was sent");
        HANDLED.load(Ordering::Relaxed) - self.before
    }
}

/// Kills a process that sleeps in `read(2)` of the file: whether it died of that.
///
/// # Errors
/// When it cannot be started or waited for.
pub fn killed_while_reading(file: std::fs::File) -> io::Result<bool> {
    guest::require();
    // SAFETY: what follows in the child is async-signal-safe.
    let child = unsafe { libc::fork() };
    if count(child)? == 0 {
        let mut byte = 0_u8;
        // SAFETY: one byte, ours.
        unsafe { libc::read(file.as_raw_fd(), (&raw mut byte).cast(), 1) };
        // SAFETY: it ends the process at once.
        unsafe { libc::_exit(0) };
    }
    Task::process(child).until_asleep();
    // SAFETY: no pointers; the child is ours and not waited for yet.
    count(unsafe { libc::kill(child, libc::SIGKILL) })?;
    let mut status = 0;
    let end = Instant::now() + LATE;
    while Instant::now() < end {
        // SAFETY: one number, ours.
        let ended = unsafe { libc::waitpid(child, &mut status, libc::WNOHANG) };
        if count(ended)? != 0 {
            return Ok(libc::WIFSIGNALED(status));
        }
        thread::sleep(Duration::from_millis(10));
    }
    Ok(false)
}

fn count(status: i32) -> io::Result<usize> {
    usize::try_from(status).map_err(|_| io::Error::last_os_error())
}

fn milliseconds(timeout: Duration) -> i32 {
    timeout.as_millis().try_into().unwrap_or(i32::MAX)
}
