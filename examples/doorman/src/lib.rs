// SPDX-License-Identifier: GPL-2.0-only
//! A list that is read at each opening, and changed now and then: with RCU nobody who comes waits.
//! `echo 1000 >/proc/doorman`, and user 1000 cannot open `/dev/doorman`; once more, and that user can.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;
use kmod_core::sync::Rcu;

/// How many users there are on the list at most.
const LONGEST: usize = 16;

/// Lets users in, but for those on a list
#[kernel_module(name = "doorman", license = "GPL", authors = ["The kmod developers"])]
struct Doorman {
    /// /proc/doorman: the users who are not let in; one that is written is put on the list, or taken off.
    #[proc(path = "doorman", mode = 0o644)]
    list: List,
    /// /dev/doorman: can be opened by all others.
    #[misc(name = "doorman", mode = 0o666)]
    door: Door,
    banned: Rcu<KVec<u32>>,
}

impl KernelModule for Doorman {
    fn init(_params: &DoormanParams) -> Result<Self> {
        Ok(Self {
            list: List,
            door: Door,
            banned: Rcu::new(KVec::new())?,
        })
    }
}

struct List;

#[handlers]
impl TextFile for List {
    type Instance = Doorman;

    fn show(&self, file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        let mut line = |uid: &u32| writeln!(to, "{uid}");
        let banned = &file.instance().banned;
        banned.read(|banned| banned.iter().try_for_each(&mut line))
    }

    fn write(&self, file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let uid: u32 = from.parse()?;
        let change = |old: &KVec<u32>| {
            let mut new = KVec::with_capacity(old.len() + 1, GFP_KERNEL)?;
            for other in old.iter().filter(|other| **other != uid) {
                new.push(*other, GFP_KERNEL)?;
            }
            if new.len() == old.len() {
                new.push(uid, GFP_KERNEL)?;
            }
            if new.len() > LONGEST {
                return Err(ENOSPC);
            }
            Ok(KBox::new(new, GFP_KERNEL)?)
        };
        file.instance().banned.update(change).map(drop)
    }
}

struct Door;

#[file_operations]
impl FileOperations for Door {
    type Instance = Doorman;

    fn open(&self, file: &OpenFile<'_, Self>) -> Result {
        let uid = file.caller().uid();
        match file.instance().banned.read(|banned| banned.contains(&uid)) {
            true => Err(EACCES),
            false => Ok(()),
        }
    }
}
