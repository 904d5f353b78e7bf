// SPDX-License-Identifier: GPL-2.0-only

#[kernel_module(
    name = "info",
    license = "GPL v2",
    authors = ["A. Author <a@example.org>", "Bé \"B\" Author"],
    description = "A back\\slash and {}",
    version = "1.0",
    alias = ["info-alias", "char-major-10-200"],
    softdep = "pre: loop post: dummy",
    firmware = ["info/firmware.bin"],
    import_ns = ["DMA_BUF"],
)]
#[derive(Default)]
struct Info;
