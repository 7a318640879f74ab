// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.ingest.stream.MadeText;
import weir.ingest.stream.TextMarks;
import weir.ingest.unpack.Packing;
import weir.ingest.unpack.ZipMembers;

/// The texts of the files of an archive, each decided by its own content as if it lay alone, with
/// [TextMarks#NEW_TEXT] between them. Each may be packed once more.
///
/// *Invariant:* the text of an archive of one file is the text of that file.
final class MemberTexts extends MadeText {
    /// Bytes before the text of a piece: a line that says that another begins.
    private static final int MARK_BYTES = 2;

    private final ZipMembers members;
    private final Form form;
    private final byte[] piece = new byte[1 << 14];

    /// The file being read; null between two.
    private @Nullable InputStream current;

    private boolean isAtStart;
    private boolean hasText;
    private byte last = '\n';

    /// @param form of all files; [Form#AUTO] looks
    MemberTexts(InputStream archive, Form form) {
        this.members = new ZipMembers(archive);
        this.form = form;
        piece[0] = TextMarks.NEW_TEXT;
        piece[1] = '\n';
    }

    @Override
    protected boolean next() throws IOException {
        if (current == null && !members.next()) {
            return false;
        }
        try {
            nextPiece();
        } catch (IOException | RuntimeException e) {
            boolean isCut = e instanceof EOFException;
            String words = e.getMessage() == null ? e.toString() : e.getMessage();
            String reason = "its entry " + members.name() + ": " + (isCut ? "ends early" : words);
            IOException failure = isCut ? new EOFException(reason) : new IOException(reason);
            failure.initCause(e);
            throw failure;
        }
        return true;
    }

    private void nextPiece() throws IOException {
        InputStream text = current;
        if (text == null) {
            text = text(members.bytes());
            current = text;
            isAtStart = true;
        }
        int count = text.read(piece, MARK_BYTES, piece.length - MARK_BYTES);
        if (count < 0) {
            text.close();
            endMember();
            return;
        }
        boolean isMarked = isAtStart && hasText;
        isAtStart = false;
        hasText = true;
        last = piece[MARK_BYTES + count - 1];
        give(piece, isMarked ? 0 : MARK_BYTES, MARK_BYTES + count);
    }

    private void endMember() {
        current = null;
        if (last != '\n') {
            last = '\n';
            give(piece, 1, MARK_BYTES);
        }
    }

    private InputStream text(InputStream bytes) throws IOException {
        BufferedInputStream content = new BufferedInputStream(bytes);
        byte[] head = head(content);
        if (ZipMembers.isZip(head, head.length)) {
            throw new IOException("is an archive within the archive: unpack it into a file");
        }
        Optional<Packing> packing = Packing.of(head, head.length);
        if (packing.isPresent()) {
            content = new BufferedInputStream(packing.get().open(content));
            head = head(content);
        }
        Form told = form == Form.AUTO ? Form.of(head, head.length) : form;
        return told.lines(content);
    }

    private static byte[] head(BufferedInputStream content) throws IOException {
        content.mark(RawBytes.HEAD_BYTES);
        byte[] head = content.readNBytes(RawBytes.HEAD_BYTES);
        content.reset();
        return head;
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
        }
        members.close();
    }
}
