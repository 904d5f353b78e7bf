// SPDX-License-Identifier: GPL-2.0-only
//! `#[dma_stream(bits = n)]`.

use super::{InDevice, Licence, ObjectAttribute, dma};
use crate::instance::Kind;
use crate::instance::statics::Kept;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "dma_stream",
    also: &["dma_map", "dma_map_single", "streaming"],
    keys: dma::KEYS,
    on: &[Kind::Device],
    licence: Licence::Gpl {
        exports: "`dma_max_mapping_size()`",
        objects: "streaming mappings",
    },
    reports_unshared: false,
    kept: Kept::Alone("DmaStreamObject"),
    in_device: InDevice::Of("DmaStreamObject"),
    parse: |args, _field, errors| {
        let what = "what maps memory for DMA";
        dma::parse(&ATTRIBUTE, what, "DmaStreamField", args, errors)
    },
};
