// SPDX-License-Identifier: GPL-2.0-only
//! `#[dma_stream]`.

use super::hardware::Hardware;
use super::{InDevice, Licence, ObjectAttribute};
use crate::instance::Kind;
use crate::instance::statics::Kept;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "dma_stream",
    also: &["dma_map", "dma_map_single", "streaming"],
    keys: &[],
    on: &[Kind::Device],
    licence: Licence::Gpl {
        exports: "`dma_max_mapping_size()`",
        objects: "streaming mappings",
    },
    reports_unshared: false,
    kept: Kept::Alone("DmaStreamObject"),
    in_device: InDevice::Of("DmaStreamObject"),
    parse: |_args, _field, _errors| {
        Some(Box::new(Hardware {
            attribute: &ATTRIBUTE,
            what: "what maps memory for DMA",
            field: "DmaStreamField",
        }))
    },
};
