// SPDX-License-Identifier: Apache-2.0
package weir.ingest.envelope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
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
import weir.ingest.stream.TextMarks;

/// The records in JSON, a line each: the text of every `message`, at any depth, of any number of
/// objects or arrays one behind the other. So are read
/// - subscription envelopes, `{"messageType": "DATA_MESSAGE", "logEvents": [{"message": ...}]}`, of
///   which those with the type `CONTROL_MESSAGE` are passed by;
/// - what a Lambda function or a Kinesis stream hands on, `{"awslogs": {"data": ...}}`, where
///   `data` is such an envelope in gzip in base64;
/// - direct Firehose records, `{"message": ...}`.
///
/// *Invariant:* what should hold a record and does not (an outermost value, an entry of a list of
/// records) is a line of [TextMarks#NO_RECORD] in its place.
public final class EnvelopeLines extends MadeText {
    /// Envelopes within envelopes; Kinesis events have one.
    private static final int DEPTH_MAX = 3;

    /// Longest message or packed envelope: what Lambda hands on is 6 MB at most.
    private static final int STRING_CHARS_MAX = 16 << 20;

    private static final String NO_MESSAGE = "a JSON object without a record in \"message\"";
    private static final String NO_OBJECT = "a JSON value that is no object";

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
        final Deque<Nest> nests = new ArrayDeque<>();

        /// How many nests are open around a control message that is being passed by, itself
        /// included; 0 when there is none.
        int controlDepth;

        Layer(JsonParser parser) {
            this.parser = parser;
        }
    }

    private final InputStream json;
    private final Deque<Layer> layers = new ArrayDeque<>();
    private boolean hasAny;

    /// The records in `json`, which is closed with this.
    public EnvelopeLines(InputStream json) throws IOException {
        this.json = json;
        layers.push(new Layer(JSON.createParser(json)));
    }

    /// Goes on to the next message.
    ///
    /// @throws EOFException when the JSON ends early
    /// @throws IOException when it is no JSON, or there is nothing in it
    @Override
    protected boolean next() throws IOException {
        while (!layers.isEmpty()) {
            Layer layer = layers.getFirst();
            try {
                JsonToken token = layer.parser.nextToken();
                if (token == null) {
                    endLayer();
                } else if (take(layer, token)) {
                    hasAny = true;
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
                + (e.getLocation() == null ? "" : " (" + place(e.getLocation()) + ")");
    }

    private static String place(JsonLocation location) {
        return "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private void endLayer() throws IOException {
        layers.pop();
        if (layers.isEmpty() && !hasAny) {
            throw new IOException(
                    "is JSON without any value: expected a CloudWatch Logs subscription or Firehose"
                            + " records");
        }
    }

    /// Takes one token; true when it gave a line.
    private boolean take(Layer layer, JsonToken token) throws IOException {
        Nest around = layer.nests.peekFirst();
        switch (token) {
            case START_OBJECT, START_ARRAY -> {
                boolean isArray = token == JsonToken.START_ARRAY;
                layer.nests.push(
                        Nest.within(
                                around,
                                name(layer),
                                isArray,
                                isArray ? null : layer.parser.currentTokenLocation()));
                return false;
            }
            case END_OBJECT, END_ARRAY -> {
                return end(layer, layer.nests.pop());
            }
            case FIELD_NAME -> {
                if (around != null) {
                    around.noteName(name(layer));
                }
                return false;
            }
            default -> {}
        }
        if (Nest.isElement(around)) {
            return giveNoRecord(
                    layer, NO_OBJECT, layer.parser.currentTokenLocation(), layer.parser.getText());
        }
        return around != null && takeScalar(layer, token, around);
    }

    private static String name(Layer layer) throws IOException {
        String name = layer.parser.currentName();
        return name == null ? "" : name;
    }

    /// Takes the end of `nest`.
    private boolean end(Layer layer, Nest nest) throws IOException {
        boolean isPassedBy = layer.controlDepth > 0;
        layer.controlDepth = layer.nests.size() < layer.controlDepth ? 0 : layer.controlDepth;
        JsonLocation missing = isPassedBy ? null : nest.missing();
        Nest around = layer.nests.peekFirst();
        if (around != null && (missing != null || nest.isSettled())) {
            around.settle();
        }
        return missing != null && giveNoRecord(layer, NO_MESSAGE, missing, nest.text());
    }

    private boolean giveNoRecord(Layer layer, String kind, JsonLocation location, String text) {
        if (layer.controlDepth > 0) {
            return false;
        }
        String place = place(location) + (layers.size() > 1 ? " of its \"data\"" : "");
        byte[] line = TextMarks.noRecord(kind, place, text);
        give(line, line.length);
        return true;
    }

    private boolean takeScalar(Layer layer, JsonToken token, Nest around) throws IOException {
        String name = token == JsonToken.VALUE_STRING ? name(layer) : "";
        switch (name) {
            case "messageType" -> {
                if (layer.parser.getText().equals("CONTROL_MESSAGE")) {
                    layer.controlDepth = layer.nests.size();
                    around.settle();
                    hasAny = true;
                }
            }
            case "message" -> {
                String message = layer.parser.getText();
                if (layer.controlDepth == 0 && !message.isBlank()) {
                    around.settle();
                    byte[] line = (message + "\n").getBytes(StandardCharsets.UTF_8);
                    give(line, line.length);
                    return true;
                }
            }
            case "data" -> {
                around.settle();
                open(layer.parser.getText());
            }
            default -> around.noteValue(layer.parser);
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
