// SPDX-License-Identifier: Apache-2.0
package weir.ingest.inflate;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/// The decoder of libdeflate (`libdeflate.so.0`), which unpacks a stream only as a whole. It gets
/// those that lie in one piece, the last one, and whose text has no more than [#TEXT_BYTES_MAX];
/// the JDK gets all others from their beginning, and those that libdeflate refuses for any reason.
final class LibdeflateDecoder implements DeflateDecoder {
    /// Packed, the files that AWS delivers are smaller.
    static final int PIECE_BYTES_MAX = 1 << 24;

    /// Also the bound up to which `GzipText` does not care how small a text was packed.
    private static final int TEXT_BYTES_MAX = 1 << 26;

    private static final int TEXT_BYTES_MIN = 1 << 18;

    /// What deflate can make of one byte.
    private static final int RATIO_MAX = 1_032;

    /// What is kept between files.
    private static final int KEPT_BYTES_MAX = 1 << 22;

    private static final byte[] NOTHING = {};

    /// The functions of the library.
    ///
    /// @param alloc `struct libdeflate_decompressor *libdeflate_alloc_decompressor(void)`
    /// @param free `void libdeflate_free_decompressor(struct libdeflate_decompressor *)`
    /// @param inflate `enum libdeflate_result libdeflate_deflate_decompress_ex(struct
    ///   libdeflate_decompressor *, const void *in, size_t in_nbytes, void *out, size_t out_avail,
    ///   size_t *actual_in, size_t *actual_out)`
    record Library(MethodHandle alloc, MethodHandle free, MethodHandle inflate) {
        /// The library of the system, null when it has none.
        ///
        /// @throws UnsatisfiedLinkError when it is another
        static @Nullable Library open() {
            SystemLibrary library = SystemLibrary.open("libdeflate.so.0");
            return library == null
                    ? null
                    : new Library(
                            library.function(
                                    "libdeflate_alloc_decompressor",
                                    FunctionDescriptor.of(ValueLayout.ADDRESS)),
                            library.function(
                                    "libdeflate_free_decompressor",
                                    FunctionDescriptor.ofVoid(ValueLayout.ADDRESS)),
                            library.function(
                                    "libdeflate_deflate_decompress_ex",
                                    FunctionDescriptor.of(
                                            ValueLayout.JAVA_INT,
                                            ValueLayout.ADDRESS,
                                            ValueLayout.ADDRESS,
                                            ValueLayout.JAVA_LONG,
                                            ValueLayout.ADDRESS,
                                            ValueLayout.JAVA_LONG,
                                            ValueLayout.ADDRESS,
                                            ValueLayout.ADDRESS)));
        }
    }

    private final Library library;
    private final MemorySegment decompressor;
    private final JdkDecoder jdk = new JdkDecoder();
    private final NativeRoom countRoom;
    private final NativeRoom pieceRoom;
    private final NativeRoom textRoom;
    private final MemorySegment usedBytes;
    private final MemorySegment madeBytes;
    private byte[] piece = NOTHING;
    private int pieceSize;
    private boolean isLastPiece;
    private boolean isPieceCopied;

    /// Whether the stream was unpacked as a whole; otherwise the JDK has it.
    private boolean isWhole;

    private int endAt;
    private int textAt;
    private int textEnd;

    LibdeflateDecoder(Library library) {
        this(library, Arena::ofShared);
    }

    /// One whose memory is of `arenas`.
    LibdeflateDecoder(Library library, Supplier<Arena> arenas) {
        this.library = library;
        countRoom = new NativeRoom(arenas);
        pieceRoom = new NativeRoom(arenas);
        textRoom = new NativeRoom(arenas);
        try {
            MemorySegment counts = countRoom.withSize(2 * Long.BYTES);
            usedBytes = counts.asSlice(0, Long.BYTES);
            madeBytes = counts.asSlice(Long.BYTES, Long.BYTES);
            decompressor = newDecompressor(library);
        } catch (RuntimeException | Error e) {
            countRoom.release();
            jdk.close();
            throw e;
        }
    }

    private static MemorySegment newDecompressor(Library library) {
        MemorySegment decompressor;
        try {
            decompressor = (MemorySegment) library.alloc.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("libdeflate_alloc_decompressor", e);
        }
        if (decompressor.address() == 0) {
            throw new OutOfMemoryError("libdeflate_alloc_decompressor");
        }
        return decompressor;
    }

    @Override
    public int pieceBytesMax() {
        return PIECE_BYTES_MAX;
    }

    @Override
    public void setPiece(byte[] bytes, int size, boolean isLast) {
        jdk.setPiece(bytes, size, isLast); // which checks them
        piece = bytes;
        pieceSize = size;
        isLastPiece = isLast;
        isPieceCopied = false;
    }

    @Override
    public void begin(int at) {
        Objects.checkIndex(at, pieceSize + 1);
        isWhole = unpack(at);
        if (!isWhole) {
            jdk.begin(at);
        }
    }

    /// Unpacks the stream at `at` if it is one that libdeflate can take.
    private boolean unpack(int at) {
        long textSize = textSizeGuess();
        if (pieceSize > PIECE_BYTES_MAX || textSize < 0) {
            return false;
        }
        if (!hasRoom(textSize)) {
            return false;
        }
        long room = textRoom.size();
        int size = pieceSize - at;
        int code = inflate(pieceRoom.bytes().asSlice(at, size), textRoom.bytes(), room);
        long used = usedBytes.get(ValueLayout.JAVA_LONG, 0);
        long made = madeBytes.get(ValueLayout.JAVA_LONG, 0);
        if (code != 0 || used < 0 || used > size || made < 0 || made > room) {
            return false;
        }
        endAt = at + (int) used;
        textAt = 0;
        textEnd = (int) made;
        return true;
    }

    /// Copies the piece, if it is not, and makes room for the text; false when the system has no
    /// memory for that.
    private boolean hasRoom(long textSize) {
        try {
            MemorySegment copy = pieceRoom.withSize(pieceSize);
            if (!isPieceCopied) {
                MemorySegment.copy(piece, 0, copy, ValueLayout.JAVA_BYTE, 0, pieceSize);
                isPieceCopied = true;
            }
            textRoom.withSize(Math.max(TEXT_BYTES_MIN, textSize));
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    /// The size that the end of the piece says of the file's last stream, which may be any number;
    /// -1 when it is no use.
    private long textSizeGuess() {
        if (!isLastPiece || pieceSize < Integer.BYTES) {
            return -1;
        }
        long size = 0;
        for (int i = 1; i <= Integer.BYTES; i++) {
            size = (size << Byte.SIZE) | (piece[pieceSize - i] & 0xff);
        }
        return size <= TEXT_BYTES_MAX && size <= (long) pieceSize * RATIO_MAX ? size : -1;
    }

    private int inflate(MemorySegment from, MemorySegment to, long room) {
        usedBytes.set(ValueLayout.JAVA_LONG, 0, -1);
        madeBytes.set(ValueLayout.JAVA_LONG, 0, -1);
        try {
            return (int)
                    library.inflate.invokeExact(
                            decompressor, from, from.byteSize(), to, room, usedBytes, madeBytes);
        } catch (Throwable e) {
            throw new IllegalStateException("libdeflate_deflate_decompress_ex", e);
        }
    }

    @Override
    public int decode(byte[] to, int from, int size) throws DataFormatException {
        if (!isWhole) {
            return jdk.decode(to, from, size);
        }
        int count = Math.min(size, textEnd - textAt);
        MemorySegment.copy(textRoom.bytes(), ValueLayout.JAVA_BYTE, textAt, to, from, count);
        textAt += count;
        return count;
    }

    @Override
    public boolean isFinished() {
        return isWhole ? textAt == textEnd : jdk.isFinished();
    }

    @Override
    public boolean needsPiece() {
        return !isWhole && jdk.needsPiece();
    }

    @Override
    public int at() {
        return isWhole ? endAt : jdk.at();
    }

    /// Whether libdeflate unpacked the stream itself.
    boolean isWhole() {
        return isWhole;
    }

    @Override
    public void rest() {
        jdk.rest();
        piece = NOTHING;
        pieceSize = 0;
        isWhole = false;
        rest(pieceRoom);
        rest(textRoom);
    }

    private static void rest(NativeRoom room) {
        if (room.size() > KEPT_BYTES_MAX) {
            room.release();
        }
    }

    @Override
    public void close() {
        jdk.close();
        pieceRoom.release();
        textRoom.release();
        countRoom.release();
        try {
            library.free.invokeExact(decompressor);
        } catch (Throwable e) {
            throw new IllegalStateException("libdeflate_free_decompressor", e);
        }
    }
}
