// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

fn send(stream: &DmaStream, buffer: KVec<u8>) -> Result {
    let mapping = stream.map::<ToDevice, _>(buffer, GFP_KERNEL)?;
    pr_info!("{}", buffer.len());
    let back = mapping.end();
    pr_info!("{} {}", back.len(), mapping.len());
    Ok(())
}

fn main() {}
