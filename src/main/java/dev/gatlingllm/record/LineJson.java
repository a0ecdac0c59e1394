package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.gatlingllm.secret.Gate;
import java.io.IOException;
import java.io.OutputStream;

/** One JSON object per line. No message of a thrown exception holds the content of a text field. */
final class LineJson {

  // Neither closes nor flushes the stream under it: when a line reaches the disk is the writer's
  // decision.
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .characterEscapes(VisibleJson.ESCAPES)
          .addDecorator(VisibleJson.WHOLE_TEXTS)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private LineJson() {}

  /** Writes the fields of one object. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** Makes a value of one object. */
  @FunctionalInterface
  interface Parsing<T> {
    T parse(JsonParser json) throws IOException;
  }

  /** Writes a line and its line feed; the stream is neither flushed nor closed. */
  static void write(OutputStream out, Fields fields) throws IOException {
    try (JsonGenerator json = new WithoutSecrets(JSON.createGenerator(out))) {
      fields.write(json);
      json.writeRaw('\n');
    }
  }

  /** Reads a line, on which nothing else may stand. */
  static <T> T read(byte[] line, Parsing<T> parsing) {
    try (JsonParser json = JSON.createParser(line)) {
      T value = parsing.parse(json);
      if (json.nextToken() != null) {
        throw new RecordFormatException("has something after the end of the record");
      }
      return value;
    } catch (StreamReadException e) {
      throw new RecordFormatException("is not valid JSON" + column(e));
    } catch (IOException e) {
      throw new RecordFormatException("cannot be decoded");
    }
  }

  /** Scrubs the texts, not the line: a number that looks like a secret must stay one. */
  private static final class WithoutSecrets extends JsonGeneratorDelegate {

    WithoutSecrets(JsonGenerator json) {
      super(json);
    }

    @Override
    public void writeFieldName(String name) throws IOException {
      super.writeFieldName(Gate.text(name));
    }

    @Override
    public void writeString(String text) throws IOException {
      super.writeString(Gate.text(text));
    }
  }

  private static String column(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
  }
}
