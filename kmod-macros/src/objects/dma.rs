// SPDX-License-Identifier: GPL-2.0-only
//! `#[dma]`.

use super::hardware::Hardware;
use super::{InDevice, Licence, ObjectAttribute};
use crate::instance::Kind;
use crate::instance::statics::Kept;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "dma",
    also: &["dma_buf", "dma_coherent", "coherent", "dma_alloc"],
    keys: &[],
    on: &[Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("DmaObject"),
    in_device: InDevice::Of("DmaObject"),
    parse: |_args, _field, _errors| {
        Some(Box::new(Hardware {
            attribute: &ATTRIBUTE,
            what: "memory for DMA",
            field: "DmaField",
        }))
    },
};
