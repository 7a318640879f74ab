// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import weir.engine.memory.ByteSink;

/// The smallest way to say a row of codes: chosen, measured, and not yet written. It refers to the
/// codes it was chosen for, which must not change before it is encoded. Confined to one thread.
public final class BlockForm {
    private final BlockShape shape;
    private final Encoding encoding;
    private final long sizeBytes;

    BlockForm(BlockShape shape, Encoding encoding, long sizeBytes) {
        this.shape = shape;
        this.encoding = encoding;
        this.sizeBytes = sizeBytes;
    }

    /// The byte that names the encoding in a file.
    public int wireId() {
        return encoding.wireId();
    }

    /// How many bytes [#encode] appends.
    public long sizeBytes() {
        return sizeBytes;
    }

    /// Appends the block.
    public void encode(ByteSink sink) {
        encode(shape, sink);
    }

    /// Appends the block of a form that was chosen before the codes were there.
    void encode(int[] codes, ByteSink sink) {
        encode(shape.withCodes(codes), sink);
    }

    private void encode(BlockShape shape, ByteSink sink) {
        int from = sink.size();
        encoding.encode(shape, sink);
        assert sink.size() - from == sizeBytes : encoding + " wrote another size than it said";
    }
}
