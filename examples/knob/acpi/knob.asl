// SPDX-License-Identifier: GPL-2.0-only
/* A chip of lines, and a knob on it: its phases and its button are active when they are low. */
DefinitionBlock ("", "SSDT", 2, "KMOD", "KNOB", 1)
{
    Scope (\_SB)
    {
        Device (GPC0)
        {
            Name (_HID, "KMOD0D01")
        }

        Device (KNOB)
        {
            Name (_HID, "PRP0001")
            Name (_CRS, ResourceTemplate ()
            {
                GpioIo (Exclusive, PullUp, 0, 0, IoRestrictionInputOnly, "\\_SB.GPC0", 0, ResourceConsumer) { 0, 1 }
                GpioIo (Exclusive, PullUp, 0, 0, IoRestrictionInputOnly, "\\_SB.GPC0", 0, ResourceConsumer) { 2 }
                GpioIo (Exclusive, PullNone, 0, 0, IoRestrictionOutputOnly, "\\_SB.GPC0", 0, ResourceConsumer) { 3 }
            })
            Name (_DSD, Package () {
                ToUUID ("daffd814-6eba-4d8c-8a91-bc9bbf4aa301"),
                Package () {
                    Package () { "compatible", "kmod,knob" },
                    Package () { "phase-gpios", Package () { ^KNOB, 0, 0, 1, ^KNOB, 0, 1, 1 } },
                    Package () { "button-gpios", Package () { ^KNOB, 1, 0, 1 } },
                    Package () { "lamp-gpios", Package () { ^KNOB, 2, 0, 0 } } } })
        }
    }
}
