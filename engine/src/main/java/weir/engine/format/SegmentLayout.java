// SPDX-License-Identifier: Apache-2.0
package weir.engine.format;

/// The segment file, every offset and number of it. All integers are little-endian.
/// `docs/SEGMENT_FORMAT.md` says the whole format, and tests compare it with the code.
///
/// ```text
///  0                header     32 bytes
/// 32                sections   dictionaries, blocks, indexes; each from a multiple of 8
///                   footer     what the sections are and where, see SegmentFooter
/// file size - 32    trailer    32 bytes
///
/// header                                trailer
///  0  magic        8  "WEIRSEG" 0        0  footer offset    8
///  8  version      4                     8  footer size      4
/// 12  zero         4                    12  footer checksum  4  CRC32C
/// 16  segment id   8                    16  version          4
/// 24  checksum     4  CRC32C of 0..24   20  checksum         4  CRC32C of 0..20
/// 28  zero         4                    24  magic            8  "WEIREND" 0
/// ```
public final class SegmentLayout {
    /// The version this build writes, and the newest it reads.
    public static final int VERSION_CURRENT = 4;

    /// The oldest version this build reads. Version 1 was never part of a release.
    public static final int VERSION_OLDEST = 3;

    /// From this version on a footer tells of summaries.
    static final int VERSION_OF_SUMMARIES = 4;

    /// `WEIRSEG` and a zero byte.
    public static final long HEADER_MAGIC = 0x0047_4553_5249_4557L;

    /// `WEIREND` and a zero byte.
    public static final long TRAILER_MAGIC = 0x0044_4e45_5249_4557L;

    /// Bytes of the header.
    public static final int HEADER_BYTES = 32;

    /// Bytes of the trailer.
    public static final int TRAILER_BYTES = 32;

    /// What every section starts at a multiple of, in bytes.
    public static final int SECTION_ALIGNMENT = 8;

    static final int HEADER_VERSION_AT = 8;
    static final int HEADER_ZERO_AT = 12;
    static final int HEADER_ID_AT = 16;
    static final int HEADER_CHECKSUM_AT = 24;

    static final int TRAILER_FOOTER_OFFSET_AT = 0;
    static final int TRAILER_FOOTER_SIZE_AT = 8;
    static final int TRAILER_FOOTER_CHECKSUM_AT = 12;
    static final int TRAILER_VERSION_AT = 16;
    static final int TRAILER_CHECKSUM_AT = 20;
    static final int TRAILER_MAGIC_AT = 24;

    private SegmentLayout() {}
}
