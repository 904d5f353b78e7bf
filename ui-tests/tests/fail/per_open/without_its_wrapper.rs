// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[misc]
    ticket: Node,
}

#[derive(Default)]
struct Node;

#[per_open]
#[derive(Default)]
struct Session {
    #[timer]
    idle: Timer<Idle>,
}

#[derive(Default)]
struct Idle;

#[handlers]
impl TimerHandler for Idle {
    fn expired(&self, _timer: &TimerCall<'_, Self>) -> Again {
        Again::No
    }
}

#[file_operations]
impl FileOperations for Node {
    type PerOpen = Session;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<Session> {
        Ok(Session::default())
    }
}

fn main() {}
