package dev.gatlingllm.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes what truly happened to calls as JSON lines, one for each call, in order of their end. */
public final class TruthFile {

  private static final JsonFactory JSON = new JsonFactory();

  private TruthFile() {}

  /** Writes the calls; instants are nanoseconds of the simulator's clock. */
  public static void write(Path file, List<SimulatedCall> calls) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (SimulatedCall call : calls) {
        JsonGenerator json = JSON.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        write(json, call);
        json.close();
        out.write('\n');
      }
    }
  }

  private static void write(JsonGenerator json, SimulatedCall call) throws IOException {
    json.writeStartObject();
    json.writeStringField("requestId", call.requestId());
    json.writeNumberField("number", call.number());
    if (call.status().isPresent()) {
      json.writeNumberField("status", call.status().getAsInt());
    }
    if (call.fault().isPresent()) {
      json.writeStringField("fault", call.fault().get().code());
    }
    json.writeStringField("ending", call.ending().name().toLowerCase(Locale.ROOT));
    if (call.inputTokens().isPresent()) {
      json.writeNumberField("inputTokens", call.inputTokens().getAsInt());
    }
    if (call.cachedTokens().isPresent()) {
      json.writeNumberField("cachedTokens", call.cachedTokens().getAsInt());
    }
    json.writeNumberField("outputTokens", call.outputTokens());
    json.writeNumberField("receivedNanos", call.receivedNanos());
    if (call.serviceNanos().isPresent()) {
      json.writeNumberField("serviceNanos", call.serviceNanos().getAsLong());
    }
    json.writeFieldName("chunkNanos");
    json.writeArray(call.chunkNanos(), 0, call.chunkNanos().length);
    if (call.endNanos().isPresent()) {
      json.writeNumberField("endNanos", call.endNanos().getAsLong());
    }
    json.writeEndObject();
  }
}
