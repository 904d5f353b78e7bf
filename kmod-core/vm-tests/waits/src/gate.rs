// SPDX-License-Identifier: GPL-2.0-only
//! Every kind of wait, for tokens that others give.

use core::time::Duration;

use kmod_core::prelude::*;

#[derive(Default)]
pub struct Gate {
    tokens: Mutex<u32>,
    queue: WaitQueue,
    asleep: AtomicU32,
    /// How often conditions were looked at.
    looks: AtomicU32,
}

/// The file's own queue, and whether it was poked.
#[derive(Default)]
pub struct Poke {
    poked: AtomicBool,
    queue: WaitQueue,
}

impl Gate {
    /// Takes a token if there is one. A condition that sleeps.
    fn take(&self) -> bool {
        self.looks.fetch_add(1, Ordering::Relaxed);
        let mut tokens = self.tokens.lock();
        let some = *tokens > 0;
        *tokens -= u32::from(some);
        some
    }

    fn give(&self, tokens: u32) {
        *self.tokens.lock() += tokens;
    }

    fn run(&self, command: &str, file: &File<'_, Self>) -> Result {
        let queue = &self.queue;
        match command {
            "wait" => queue.wait(|| self.take()),
            "killable" => queue.killable().wait(|| self.take()),
            "exclusive" => queue.exclusive().wait(|| self.take()),
            "uninterruptible" => queue.uninterruptible().wait(|| self.take()),
            "timeout" => queue
                .timeout(Duration::from_millis(50))
                .wait(|| self.take()),
            "locked" => {
                let tokens = queue.wait_locked(self.tokens.lock(), |tokens| *tokens > 0);
                *tokens? -= 1;
                Ok(())
            }
            "locked timeout" => {
                let wait = queue.killable().timeout(Duration::from_millis(50));
                let tokens = wait.wait_locked(self.tokens.lock(), |tokens| *tokens > 0);
                *tokens? -= 1;
                Ok(())
            }
            // It waits in a queue that another wait's condition waits in.
            "nested" => queue.wait(|| queue.wait(|| self.take()).is_ok()),
            "give" => {
                self.give(1);
                queue.wake_up();
                Ok(())
            }
            "give all" => {
                self.give(8);
                queue.wake_up_all();
                Ok(())
            }
            "give interruptible" => {
                self.give(1);
                queue.wake_up_interruptible();
                Ok(())
            }
            "poke" => {
                file.state().poked.store(true, Ordering::Release);
                file.state().queue.wake_up_poll(PollEvents::PRI);
                Ok(())
            }
            _ => Err(EINVAL),
        }
    }
}

#[file_operations]
impl FileOperations for Gate {
    type PerOpen = Poke;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<Poke> {
        Ok(Poke::default())
    }

    /// How many sleep, and how often conditions were looked at.
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let asleep = self.asleep.load(Ordering::Relaxed);
        writeln!(to, "{asleep} {}", self.looks.load(Ordering::Relaxed))
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let command = from.read_all(32, GFP_KERNEL)?;
        self.asleep.fetch_add(1, Ordering::Relaxed);
        let done = self.run(str::from_utf8(&command)?, file);
        self.asleep.fetch_sub(1, Ordering::Relaxed);
        done
    }

    fn poll(&self, file: &File<'_, Self>, table: &mut PollTable<'_>) -> PollEvents {
        let poke = file.state();
        table.wait(&poke.queue);
        PollEvents::PRI.when(poke.poked.load(Ordering::Acquire))
    }
}
