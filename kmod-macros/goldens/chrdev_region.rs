// SPDX-License-Identifier: GPL-2.0-only

#[kernel_module(name = "region", license = "GPL")]
struct Region {
    #[chrdev_region(name = "numbers", minors = 4)]
    region: ChrdevRegion,
}
