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

/// The decoder of ISA-L 2 (`libisal.so.2`), which is fast and works stream by stream.
///
/// *Invariants:* the library sees only memory of its own rooms: a copy of the piece, and room for
/// text that is larger than what it keeps inside, so that on damage no text stays behind in it. It
/// is not called again after damage.
final class IsalDecoder implements DeflateDecoder {
    /// The head of its `struct inflate_state` (igzip_lib.h), and the one field behind the tables
    /// that matters here. `Trial` notices when they are elsewhere.
    private static final long NEXT_OUT = 0;

    private static final long AVAIL_OUT = 8;
    private static final long NEXT_IN = 16;
    private static final long AVAIL_IN = 32;
    private static final long READ_IN_LENGTH = 36;
    private static final long BLOCK_STATE = 21_160;

    /// It has 87,368 bytes in version 2.30.
    private static final long STATE_BYTES = 1 << 18;

    private static final int BLOCK_FINISH = 5;
    private static final int PIECE_BYTES_MAX = 1 << 16;
    private static final int TEXT_BYTES_MAX = 1 << 18;

    /// The functions of the library.
    ///
    /// @param init `void isal_inflate_init(struct inflate_state *)`
    /// @param inflate `int isal_inflate(struct inflate_state *)`
    record Library(MethodHandle init, MethodHandle inflate) {
        /// The library of the system, null when it has none.
        ///
        /// @throws UnsatisfiedLinkError when it is another
        static @Nullable Library open() {
            SystemLibrary library = SystemLibrary.open("libisal.so.2");
            return library == null
                    ? null
                    : new Library(
                            library.function(
                                    "isal_inflate_init",
                                    FunctionDescriptor.ofVoid(ValueLayout.ADDRESS)),
                            library.function(
                                    "isal_inflate",
                                    FunctionDescriptor.of(
                                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS)));
        }
    }

    private final Library library;
    private final NativeRoom stateRoom;
    private final NativeRoom pieceRoom;
    private final NativeRoom textRoom;
    private final MemorySegment state;
    private final MemorySegment piece;
    private final MemorySegment text;
    private int pieceSize;
    private int textAt;
    private int textEnd;
    private boolean isEnded;
    private boolean isDamaged;

    IsalDecoder(Library library) {
        this(library, Arena::ofShared);
    }

    /// One whose memory is of `arenas`.
    IsalDecoder(Library library, Supplier<Arena> arenas) {
        this.library = library;
        stateRoom = new NativeRoom(arenas);
        pieceRoom = new NativeRoom(arenas);
        textRoom = new NativeRoom(arenas);
        try {
            state = stateRoom.withSize(STATE_BYTES);
            piece = pieceRoom.withSize(PIECE_BYTES_MAX);
            text = textRoom.withSize(TEXT_BYTES_MAX);
        } catch (RuntimeException | Error e) {
            releaseRooms();
            throw e;
        }
    }

    @Override
    public int pieceBytesMax() {
        return PIECE_BYTES_MAX;
    }

    @Override
    public void setPiece(byte[] bytes, int size, boolean isLast) {
        Objects.checkFromIndexSize(0, size, Math.min(bytes.length, PIECE_BYTES_MAX));
        MemorySegment.copy(bytes, 0, piece, ValueLayout.JAVA_BYTE, 0, size);
        pieceSize = size;
        setInput(0);
    }

    @Override
    public void begin(int at) {
        Objects.checkIndex(at, pieceSize + 1);
        try {
            library.init.invokeExact(state);
        } catch (Throwable e) {
            throw new IllegalStateException("isal_inflate_init", e);
        }
        setInput(at);
        textAt = 0;
        textEnd = 0;
        isEnded = false;
        isDamaged = false;
    }

    private void setInput(int at) {
        state.set(ValueLayout.JAVA_LONG, NEXT_IN, piece.address() + at);
        state.set(ValueLayout.JAVA_INT, AVAIL_IN, pieceSize - at);
    }

    @Override
    public int decode(byte[] to, int from, int size) throws DataFormatException {
        if (textAt == textEnd && !isEnded && !isDamaged) {
            unpack();
        }
        int count = Math.min(size, textEnd - textAt);
        if (count == 0 && isDamaged) {
            throw Damage.found();
        }
        MemorySegment.copy(text, ValueLayout.JAVA_BYTE, textAt, to, from, count);
        textAt += count;
        return count;
    }

    /// Fills the room for text as far as the piece goes.
    private void unpack() {
        state.set(ValueLayout.JAVA_LONG, NEXT_OUT, text.address());
        state.set(ValueLayout.JAVA_INT, AVAIL_OUT, TEXT_BYTES_MAX);
        int code;
        try {
            code = (int) library.inflate.invokeExact(state);
        } catch (Throwable e) {
            throw new IllegalStateException("isal_inflate", e);
        }
        long count = state.get(ValueLayout.JAVA_LONG, NEXT_OUT) - text.address();
        boolean isFinish = state.get(ValueLayout.JAVA_INT, BLOCK_STATE) == BLOCK_FINISH;
        // An end in bytes that are gone cannot be: the library would have seen it with them.
        boolean isSane = count >= 0 && count <= TEXT_BYTES_MAX && (!isFinish || unused() >= 0);
        textAt = 0;
        textEnd = isSane ? (int) count : 0;
        isDamaged = !isSane || code != 0;
        isEnded = !isDamaged && isFinish;
    }

    /// Place of the first unused byte, before the piece when bytes of the last one are not used.
    private int unused() {
        // Whole bytes that it has read ahead are not used yet.
        return pieceSize
                - state.get(ValueLayout.JAVA_INT, AVAIL_IN)
                - state.get(ValueLayout.JAVA_INT, READ_IN_LENGTH) / Byte.SIZE;
    }

    @Override
    public boolean isFinished() {
        return isEnded && textAt == textEnd;
    }

    @Override
    public boolean needsPiece() {
        return !isEnded
                && !isDamaged
                && textAt == textEnd
                && state.get(ValueLayout.JAVA_INT, AVAIL_IN) == 0;
    }

    @Override
    public int at() {
        return Math.clamp(unused(), 0, pieceSize);
    }

    @Override
    public void rest() {
        // It holds half a megabyte, which is the little that it keeps.
    }

    @Override
    public void close() {
        releaseRooms();
    }

    private void releaseRooms() {
        stateRoom.release();
        pieceRoom.release();
        textRoom.release();
    }
}
