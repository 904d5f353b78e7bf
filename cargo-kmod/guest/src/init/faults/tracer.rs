// SPDX-License-Identifier: GPL-2.0-only
//! Follows a program from system call to system call, and has each made again until nothing in it fails any more.

use std::collections::{BTreeSet, HashMap};
use std::ffi::CString;
use std::fs::File;
use std::io;

use kmod_test::Kmsg;

use super::calls::Call;
use super::dog::Dog;
use super::memory::Memory;
use super::ptrace::{Again, At, Registers, Stop};
use super::{MARK, dump, kernel, ptrace, unloaded};

/// How many of one call fail at most.
const MOST: u32 = 3000;

/// How the kernel says that a call was interrupted, and is to be made again by itself.
const RESTARTS: &[i64] = &[-512, -513, -514, -516];

/// Follows the threads of a program.
pub struct Tracer {
    again: Again,
    /// The processor's kind in the first call: what is called for another is left alone.
    processor: Option<u32>,
    /// What has failed already.
    pub memory: Memory,
    kmsg: Kmsg,
    threads: HashMap<i32, Traced>,
    /// The modules of which a load was seen, with the parameters.
    loaded: HashMap<String, String>,
}

/// A thread.
#[derive(Default)]
struct Traced {
    /// The call that it is in.
    inside: Option<Made>,
    /// The call that it makes again.
    again: Option<(Call, String)>,
    /// It has closed a file, which is released before its next call.
    closed: Option<(String, u32)>,
}

/// A call that is being made.
struct Made {
    call: Call,
    key: String,
    /// What fails in it.
    nth: u32,
    number: i64,
    registers: Registers,
}

impl Tracer {
    /// One that has followed nothing yet.
    pub fn new() -> io::Result<Self> {
        let again = Again::told()
            .ok_or_else(|| io::Error::other("how a system call is made again is not known here"))?;
        Ok(Self {
            again,
            processor: None,
            memory: Memory::load(),
            kmsg: Kmsg::open(io::SeekFrom::End(0))?,
            threads: HashMap::new(),
            loaded: HashMap::new(),
        })
    }

    /// Runs the program to its end: its exit code, or the signal that killed it.
    pub fn round(&mut self, program: &str, args: &[String]) -> io::Result<Result<i32, i32>> {
        let main = ptrace::start(program, args)?;
        self.threads.insert(main, Traced::default());
        let dog = Dog::watching(main);
        ptrace::go_on(main, 0);
        let mut ended = Ok(0);
        while let Some((id, stop)) = ptrace::wait()? {
            dog.stopped();
            match stop {
                Stop::Ended(how) => {
                    self.threads.remove(&id);
                    if id == main {
                        ended = how;
                    }
                }
                Stop::Call => {
                    match self.call(id) {
                        // It was killed meanwhile.
                        Err(error) if is_gone(&error) => {}
                        called => called?,
                    }
                    ptrace::go_on(id, 0);
                }
                Stop::Event => ptrace::go_on(id, 0),
                Stop::Signal(signal) => {
                    // A new thread, or child, begins with a stop.
                    let is_new = signal == libc::SIGSTOP && !self.threads.contains_key(&id);
                    self.threads.entry(id).or_default();
                    ptrace::go_on(id, if is_new { 0 } else { signal });
                }
            }
        }
        Ok(ended)
    }

    fn call(&mut self, id: i32) -> io::Result<()> {
        let mut thread = self.threads.remove(&id).unwrap_or_default();
        let result = match ptrace::at(id)? {
            At::Beginning(processor, number, args) => {
                let ours = *self.processor.get_or_insert(processor) == processor;
                self.released(id, &mut thread).and_then(|()| match ours {
                    true => self.beginning(id, &mut thread, number, &args),
                    false => Ok(()),
                })
            }
            At::End(value, is_error) => self.end(id, &mut thread, (value, is_error)),
            At::None => Ok(()),
        };
        self.threads.insert(id, thread);
        result
    }

    fn beginning(
        &mut self,
        id: i32,
        thread: &mut Traced,
        number: i64,
        args: &[u64; 6],
    ) -> io::Result<()> {
        let (call, key) = match thread.again.take() {
            Some(again) => again,
            None => {
                let Some(call) = Call::of(id, number, args) else {
                    return Ok(());
                };
                if let Call::Load(name, params) = &call {
                    self.loaded.insert(name.replace('-', "_"), params.clone());
                }
                let same = call.is_the_same_everywhere();
                let Some(key) = self.memory.key(&call.key(), same) else {
                    return Ok(());
                };
                (call, key)
            }
        };
        if let Call::Load(name, _) = &call {
            self.memory.loads(&key, name);
        }
        let Some(nth) = self.memory.next(&key).filter(|nth| *nth <= MOST) else {
            return Ok(());
        };
        let registers = Registers::of(id)?;
        kernel::arm(id, nth)?;
        thread.inside = Some(Made {
            call,
            key,
            nth,
            number,
            registers,
        });
        Ok(())
    }

    fn end(
        &mut self,
        id: i32,
        thread: &mut Traced,
        (value, is_error): (i64, bool),
    ) -> io::Result<()> {
        let Some(made) = thread.inside.take() else {
            return Ok(());
        };
        if matches!(made.call, Call::Close(_)) {
            thread.closed = Some((made.key, made.nth));
            return Ok(());
        }
        let Some(place) = self.failed(id, &made.key, made.nth)? else {
            return Ok(());
        };
        if let Call::Load(name, _) = &made.call
            && place.contains(' ')
        {
            self.memory.is_own(name, made.nth);
        }
        let failed = is_error && !RESTARTS.contains(&value);
        if failed || (!is_error && self.undone(&made.call)) {
            let registers = made.registers.again(&self.again, made.number);
            registers.give(id)?;
            thread.again = Some((made.call, made.key));
        } else {
            self.memory.went_well += 1;
        }
        Ok(())
    }

    /// What a file's release did after the call that closed it.
    fn released(&mut self, id: i32, thread: &mut Traced) -> io::Result<()> {
        if let Some((key, nth)) = thread.closed.take()
            && self.failed(id, &key, nth)?.is_some()
        {
            self.memory.went_well += 1;
        }
        Ok(())
    }

    /// What failed since it was ordered, and where; if nothing, there is nothing left in the call that could.
    fn failed(&mut self, id: i32, key: &str, nth: u32) -> io::Result<Option<String>> {
        if kernel::left(id)? > 0 {
            kernel::arm(id, 0)?;
            self.memory.done(key);
            return Ok(None);
        }
        let said = self.kmsg.lines()?;
        let modules: BTreeSet<String> = self.loaded.keys().cloned().collect();
        let place = dump::place(&said, &modules);
        match place.is_some() {
            true if dump::is_for_the_folder(&said) => self.memory.failed_alike(key, nth),
            true => self.memory.failed(key, nth),
            false => self.memory.failed_somewhere(key, nth),
        }
        let place = place.unwrap_or_else(|| "untold".to_owned());
        println!("\n{MARK}{place}");
        Ok(Some(place))
    }

    /// Undoes what a call did well, so that it can be made again.
    fn undone(&self, call: &Call) -> bool {
        let undone = match call {
            Call::Load(name, _) => unloaded(&name.replace('-', "_")),
            Call::Unload(name) => self.load(name),
            Call::Close(_) | Call::Other(_) => return false,
        };
        undone.is_ok()
    }

    fn load(&self, name: &str) -> io::Result<()> {
        let params = self.loaded.get(name);
        let params = params.ok_or(io::ErrorKind::NotFound)?;
        let file = match File::open(kmod_test::module_path(name)) {
            Err(_) => File::open(kmod_test::module_path(&name.replace('_', "-")))?,
            file => file?,
        };
        let params = CString::new(params.as_str())?;
        Ok(rustix::system::finit_module(&file, &params, 0)?)
    }
}

/// Whether a thread is no more of which something was asked.
fn is_gone(error: &io::Error) -> bool {
    [libc::ESRCH, libc::ENOENT].contains(&error.raw_os_error().unwrap_or_default())
}
