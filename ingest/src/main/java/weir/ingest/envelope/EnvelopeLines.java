// SPDX-License-Identifier: Apache-2.0
package weir.ingest.envelope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.zip.GZIPInputStream;
import weir.ingest.stream.MadeText;

/// The records in JSON, a line each: the text of every `message`, at any depth, of any number of
/// objects or arrays one behind the other. So are read
/// - subscription envelopes, `{"messageType": "DATA_MESSAGE", "logEvents": [{"message": ...}]}`, of
///   which those with the type `CONTROL_MESSAGE` are passed by;
/// - what a Lambda function or a Kinesis stream hands on, `{"awslogs": {"data": ...}}`, where
///   `data` is such an envelope in gzip in base64;
/// - direct Firehose records, `{"message": ...}`.
public final class EnvelopeLines extends MadeText {
    /// Envelopes within envelopes; Kinesis events have one.
    private static final int DEPTH_MAX = 3;

    /// Longest message or packed envelope: what Lambda hands on is 6 MB at most.
    private static final int STRING_CHARS_MAX = 16 << 20;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(STRING_CHARS_MAX)
                                    .maxNestingDepth(100)
                                    .build())
                    .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .build();

    /// Text being read: the file, and the envelopes that were found in it.
    private static final class Layer {
        final JsonParser parser;
        int depth;

        /// Depth of a control message that is being passed by; 0 when there is none.
        int controlDepth;

        Layer(JsonParser parser) {
            this.parser = parser;
        }
    }

    private final InputStream json;
    private final Deque<Layer> layers = new ArrayDeque<>();
    private long messages;
    private long controlMessages;
    private String firstName = "";

    /// The records in `json`, which is closed with this.
    public EnvelopeLines(InputStream json) throws IOException {
        this.json = json;
        layers.push(new Layer(JSON.createParser(json)));
    }

    /// Goes on to the next message.
    ///
    /// @throws EOFException when the JSON ends early
    /// @throws IOException when it is no JSON, or none that holds records
    @Override
    protected boolean next() throws IOException {
        while (!layers.isEmpty()) {
            Layer layer = layers.getFirst();
            try {
                JsonToken token = layer.parser.nextToken();
                if (token == null) {
                    endLayer();
                } else if (take(layer, token)) {
                    return true;
                }
            } catch (JsonEOFException e) {
                throw new EOFException("the JSON ends within a value: " + place(e));
            } catch (JsonProcessingException e) {
                throw new IOException("the JSON is broken: " + place(e), e);
            }
        }
        return false;
    }

    private static String place(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("")
                + (e.getLocation() == null
                        ? ""
                        : " (line %d, column %d)"
                                .formatted(
                                        e.getLocation().getLineNr(),
                                        e.getLocation().getColumnNr()));
    }

    private void endLayer() throws IOException {
        layers.pop();
        if (layers.isEmpty() && messages == 0 && controlMessages == 0) {
            throw new IOException(
                    "is JSON without any \"message\""
                            + (firstName.isEmpty() ? "" : "; its first name is " + firstName)
                            + ": expected a CloudWatch Logs subscription or Firehose records");
        }
    }

    /// Takes one token; true when it was a message.
    private boolean take(Layer layer, JsonToken token) throws IOException {
        switch (token) {
            case START_OBJECT, START_ARRAY -> layer.depth++;
            case END_OBJECT, END_ARRAY -> {
                layer.depth--;
                layer.controlDepth = layer.depth < layer.controlDepth ? 0 : layer.controlDepth;
            }
            case FIELD_NAME -> firstName = firstName.isEmpty() ? name(layer) : firstName;
            case VALUE_STRING -> {
                return takeString(layer, name(layer));
            }
            default -> {}
        }
        return false;
    }

    private static String name(Layer layer) throws IOException {
        String name = layer.parser.currentName();
        return name == null ? "" : name;
    }

    private boolean takeString(Layer layer, String name) throws IOException {
        switch (name) {
            case "messageType" -> {
                if (layer.parser.getText().equals("CONTROL_MESSAGE")) {
                    layer.controlDepth = layer.depth;
                    controlMessages++;
                }
            }
            case "message" -> {
                if (layer.controlDepth == 0) {
                    messages++;
                    byte[] line = (layer.parser.getText() + "\n").getBytes(StandardCharsets.UTF_8);
                    give(line, line.length);
                    return true;
                }
            }
            case "data" -> open(layer.parser.getText());
            default -> {}
        }
        return false;
    }

    /// Goes on within an envelope that is packed in a string.
    private void open(String data) throws IOException {
        if (layers.size() > DEPTH_MAX) {
            throw new IOException("envelopes within more than " + DEPTH_MAX + " envelopes");
        }
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            throw new IOException("\"data\" is not base64: " + e.getMessage(), e);
        }
        boolean isGzip = bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
        InputStream content = new ByteArrayInputStream(bytes);
        layers.push(new Layer(JSON.createParser(isGzip ? new GZIPInputStream(content) : content)));
    }

    @Override
    public void close() throws IOException {
        layers.clear();
        json.close();
    }
}
