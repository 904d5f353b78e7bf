// SPDX-License-Identifier: GPL-2.0-only
//! Buffers that a trigger fills. The trigger is the twin's, for the devices of both.

mod devices;
mod lifetime;
mod parity;
