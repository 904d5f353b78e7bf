// SPDX-License-Identifier: GPL-2.0-only
//! What may be done with a register, by its type.

use super::sealed::Sealed;

/// A register that can only be read.
#[derive(Clone, Copy)]
pub struct ReadOnly;

/// A register that can only be written.
#[derive(Clone, Copy)]
pub struct WriteOnly;

/// A register that can be read and written.
#[derive(Clone, Copy)]
pub struct ReadWrite;

/// A register that is cleared when it is read: what has read it has it alone.
#[derive(Clone, Copy)]
pub struct ReadToClear;

/// A register of which each bit is cleared by a one that is written to it.
#[derive(Clone, Copy)]
pub struct WriteOneToClear;

/// A register that can be read.
#[diagnostic::on_unimplemented(
    message = "this register cannot be read",
    note = "it is `#[wo]` in its map; one that can be both is `#[rw]`. What reading clears, `#[rc]`, is \
            had by `take`"
)]
pub trait Readable: Sealed {}

/// A register that can be written.
#[diagnostic::on_unimplemented(
    message = "this register cannot be written",
    note = "it is `#[ro]` in its map; one that can be both is `#[rw]`. What a one clears, `#[w1c]`, is \
            cleared by `clear`"
)]
pub trait Writable: Sealed {}

/// A register that is cleared when it is read.
#[diagnostic::on_unimplemented(
    message = "this register is not cleared by being read",
    note = "one that is, is `#[rc]` in its map; this one is read by `read`, if it can be"
)]
pub trait ClearedByRead: Sealed {}

/// A register that is cleared by ones.
#[diagnostic::on_unimplemented(
    message = "this register is not cleared by ones",
    note = "one that is, is `#[w1c]` in its map; this one is written by `write`, if it can be"
)]
pub trait ClearedByOnes: Sealed {}

impl Sealed for ReadOnly {}
impl Sealed for WriteOnly {}
impl Sealed for ReadWrite {}
impl Sealed for ReadToClear {}
impl Sealed for WriteOneToClear {}
impl Readable for ReadOnly {}
impl Readable for ReadWrite {}
impl Readable for WriteOneToClear {}
impl Writable for WriteOnly {}
impl Writable for ReadWrite {}
impl ClearedByRead for ReadToClear {}
impl ClearedByOnes for WriteOneToClear {}
