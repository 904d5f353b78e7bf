// SPDX-License-Identifier: GPL-2.0-only
//! Files of many rows.

use kmod_core::prelude::*;

use crate::Windows;
use crate::node::NodeCard;

/// A row for each third number, of which some are longer than a page.
#[derive(Default)]
pub(super) struct Rows;

const STEP: u64 = 3;
const LONG: u64 = 300;

/// The row at `at` of a table of this length.
fn row(at: u64, end: u64, fails: bool, to: &mut SeqFile<'_>) -> Result<Option<u64>> {
    let row = at.div_ceil(STEP) * STEP;
    if row >= end {
        // This is not part of the file.
        to.write(b"end");
        return Ok(None);
    }
    if fails && row == 2 * LONG {
        return Err(EXDEV);
    }
    write!(to, "row {row}")?;
    if row.is_multiple_of(LONG) {
        to.write(&[b'x'; 1000]);
        for _ in 0..4 {
            to.write(&[b'y'; 1000]);
        }
    }
    to.write(b"\n");
    Ok(Some(row + 1))
}

#[handlers]
impl TextFile for Rows {
    type Module = Windows;

    fn row(&self, file: &TextCall<'_, Self>, at: u64, to: &mut SeqFile<'_>) -> Result<Option<u64>> {
        let windows = file.module();
        let end = windows.u32.load(Ordering::Relaxed).into();
        row(at, end, windows.bool.load(Ordering::Relaxed), to)
    }
}

/// The same, of a device.
#[derive(Default)]
pub(super) struct CardRows;

#[handlers]
impl TextFile for CardRows {
    type Instance = NodeCard;

    fn row(&self, file: &TextCall<'_, Self>, at: u64, to: &mut SeqFile<'_>) -> Result<Option<u64>> {
        let number = file.instance().number.load(Ordering::Relaxed);
        row(at, u64::from(number) * 900, false, to)
    }

    fn write(&self, file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let number = from.parse()?;
        file.instance().number.store(number, Ordering::Relaxed);
        Ok(())
    }
}

/// Never goes on.
#[derive(Default)]
pub(super) struct Backwards;

#[handlers]
impl TextFile for Backwards {
    fn row(
        &self,
        _file: &TextCall<'_, Self>,
        at: u64,
        to: &mut SeqFile<'_>,
    ) -> Result<Option<u64>> {
        writeln!(to, "again and again")?;
        Ok(Some(at))
    }
}

/// Numbers that come and go by being written.
#[derive(Default)]
pub(super) struct Keys(Mutex<KMap<u64, ()>>);

#[handlers]
impl TextFile for Keys {
    fn row(
        &self,
        _file: &TextCall<'_, Self>,
        at: u64,
        to: &mut SeqFile<'_>,
    ) -> Result<Option<u64>> {
        let keys = self.0.lock();
        let Some((key, ())) = keys.range(at..).next() else {
            return Ok(None);
        };
        writeln!(to, "{key}")?;
        Ok(Some(key + 1))
    }

    fn write(&self, _file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let key = from.parse()?;
        let mut keys = self.0.lock();
        if keys.remove(&key).is_none() {
            keys.insert(key, (), GFP_KERNEL)?;
        }
        Ok(())
    }
}
