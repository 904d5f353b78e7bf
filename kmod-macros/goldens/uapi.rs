// SPDX-License-Identifier: GPL-2.0-only

/// What may be drawn.
///
/// Both ends belong to it.
#[uapi]
#[derive(Clone, Copy)]
struct TicketLimits {
    /// The smallest number.
    pub min: u32,
    max: [u16; 2],
}
