// SPDX-License-Identifier: GPL-2.0-only
//! Values that are files of bytes by themselves.

use core::sync::atomic::{AtomicU8, Ordering};

use super::{SysfsBinary, SysfsBinaryCall, SysfsBinaryHandlers, SysfsBytes};
use crate::error::Result;
use crate::sync::Mutex;

const VALUE: SysfsBinaryHandlers = SysfsBinaryHandlers {
    is_visible: false,
    read: true,
    write: true,
    is_value: true,
};

/// What is of `all` from position `pos` on.
fn rest<T>(all: &[T], pos: u64) -> &[T] {
    let rest = usize::try_from(pos).ok().and_then(|pos| all.get(pos..));
    rest.unwrap_or_default()
}

/// Each byte for itself: who reads while somebody writes may see some of both.
#[diagnostic::do_not_recommend]
impl<const N: usize> SysfsBinary for [AtomicU8; N] {
    type Module = ();
    type Instance = ();

    const HANDLERS: SysfsBinaryHandlers = VALUE;
    const SIZE: usize = N;

    fn read(&self, _file: &SysfsBinaryCall<'_, Self>, to: &mut SysfsBytes<'_>, pos: u64) -> Result {
        for byte in rest(self, pos).iter().take(to.len()) {
            to.write(&[byte.load(Ordering::Relaxed)]);
        }
        Ok(())
    }

    fn write(&self, _file: &SysfsBinaryCall<'_, Self>, bytes: &[u8], pos: u64) -> Result<usize> {
        let pairs = rest(self, pos).iter().zip(bytes);
        Ok(pairs
            .map(|(byte, new)| byte.store(*new, Ordering::Relaxed))
            .count())
    }
}

/// What one `read(2)` or `write(2)` of at most a page moves is of one moment.
#[diagnostic::do_not_recommend]
impl<const N: usize> SysfsBinary for Mutex<[u8; N]> {
    type Module = ();
    type Instance = ();

    const HANDLERS: SysfsBinaryHandlers = VALUE;
    const SIZE: usize = N;

    fn read(&self, _file: &SysfsBinaryCall<'_, Self>, to: &mut SysfsBytes<'_>, pos: u64) -> Result {
        to.write_from(&*self.lock(), pos);
        Ok(())
    }

    fn write(&self, _file: &SysfsBinaryCall<'_, Self>, bytes: &[u8], pos: u64) -> Result<usize> {
        let mut all = self.lock();
        let rest = usize::try_from(pos).ok().and_then(|pos| all.get_mut(pos..));
        let pairs = rest.unwrap_or_default().iter_mut().zip(bytes);
        Ok(pairs.map(|(byte, new)| *byte = *new).count())
    }
}
