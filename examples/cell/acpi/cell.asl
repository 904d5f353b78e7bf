// SPDX-License-Identifier: GPL-2.0-only
/*
 * A battery, as chapter 10.2 of the ACPI specification has it (_BIF, _BST), with a method of its maker's for where
 * charging ends. Tests have no charger: they order method TEST to be one.
 */
DefinitionBlock ("", "SSDT", 2, "KMOD", "CELL", 1)
{
    Scope (\_SB)
    {
        Device (CELL)
        {
            Name (_HID, "KMOD0BA7")
            Name (_UID, 0)
            Name (ENDS, 80)
            // Discharging, at 9,000 mW, 30,000 mWh are left, 11,400 mV
            Name (STAT, Package () { 1, 9000, 30000, 11400 })
            Name (INFO, Package () { 0, 50000, 45000, 1, 11100, 4000, 2000, 100, 100, "C-45", "0042", "LION", "Cells" })
            // How firmware goes wrong: 1 the status is short, 2 it is a text, 3 nothing is known, 4 too much is left
            Name (LIES, 0)
            Name (SHRT, Package () { 1, 9000 })
            Name (TEXT, "none")

            Method (_BIF) { Return (INFO) }

            Method (_BST)
            {
                If (LIES == 1) { Return (SHRT) }
                If (LIES == 2) { Return (TEXT) }
                If (LIES == 3) { Return (Package () { 0, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF }) }
                If (LIES == 4) { Return (Package () { 0, 0, 0x7FFFFFFF, 11400 }) }
                Return (STAT)
            }

            // Where charging ends, in percent; 0 asks for it.
            Method (CTHR, 1)
            {
                If (Arg0 != 0) { ENDS = Arg0 }
                Return (ENDS)
            }

            Method (TEST, 1)
            {
                If (Arg0 < 10) { LIES = Arg0 }
                Else { STAT[0] = Arg0 - 10 Notify (CELL, 0x80) }
            }
        }

        // This one counts in mAh.
        Device (CEL1)
        {
            Name (_HID, "KMOD0BA7")
            Name (_UID, 1)
            Method (_BIF) { Return (Package () { 1, 4400, 4000, 1, 11100, 400, 200, 10, 10, "A-4", "", "LION", "" }) }
            Method (_BST) { Return (Package () { 0, 0, 4000, 11400 }) }
            Method (CTHR, 1) { Return (100) }
        }
    }
}
