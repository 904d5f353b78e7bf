// SPDX-License-Identifier: GPL-2.0-only
//! What the twin in C has, too: a device that does what is written to it, and gives the result to who
//! reads it.

use core::time::Duration;

use kmod_core::prelude::*;

use crate::Instances;

/// What is waited for at most, when nobody completes.
const SHORT: Duration = Duration::from_millis(20);

#[derive(Default)]
pub(super) struct Armed {
    result: Mutex<i32>,
    done: Completion,
}

/// As C's functions answer.
fn errno(result: Result) -> i32 {
    result.err().map_or(0, Error::to_errno)
}

impl Armed {
    fn run(&self, command: &[u8], _module: &Instances) -> Result<i32> {
        let done = &self.done;
        match command {
            b"complete" => done.complete(),
            b"complete_all" => done.complete_all(),
            b"reinit" => done.reinit(),
            b"done" => return Ok(done.is_done().into()),
            b"try" => return Ok(done.try_wait().into()),
            b"wait" => return Ok(errno(done.wait())),
            b"killable" => return Ok(errno(done.wait_killable())),
            b"uninterruptible" => return Ok(errno(done.wait_uninterruptible())),
            b"timeout" => return Ok(errno(done.wait_timeout(SHORT))),
            _ => return Err(EINVAL),
        }
        Ok(0)
    }
}

#[file_operations]
impl FileOperations for Armed {
    type Instance = Instances;

    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let result = *self.result.lock();
        write!(to, "{result}")
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let command = from.read_all(32, GFP_KERNEL)?;
        let result = self.run(&command, file.instance())?;
        *self.result.lock() = result;
        Ok(())
    }
}
