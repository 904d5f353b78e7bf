// SPDX-License-Identifier: GPL-2.0-only
//! Rules that several attributes have, a file per subject.

pub mod c_names;
pub mod capability;
pub mod names;
pub mod perm;
pub mod range;
pub mod shared_type;
