package dev.gatlingllm.provider.bedrock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.bedrock.body.AnswerReader;
import dev.gatlingllm.provider.bedrock.body.BodyFormat;
import java.io.IOException;
import java.util.function.Function;

/**
 * Reads the frames of InvokeModelWithResponseStream: each chunk is the model's own JSON, in base64
 * ({@code {"bytes": "…"}}).
 */
final class ChunkReader implements FrameReader {

  private static final JsonFactory JSON = new JsonFactory();

  private final StreamErrors errors;
  private final AnswerReader answer;

  ChunkReader(SdkExchange exchange, Secrets secrets, BodyFormat body) {
    this.errors = new StreamErrors(exchange, secrets);
    this.answer = new AnswerReader(body.paths(), sink(exchange, errors));
  }

  /** What an answer says, told to the exchange with the stamp of the bytes that came last. */
  static AnswerReader.Sink sink(SdkExchange exchange, StreamErrors errors) {
    return new AnswerReader.Sink() {
      @Override
      public void output(OutputKind kind, String text) {
        exchange.output(kind, text);
      }

      @Override
      public void outputWithoutText(OutputKind kind) {
        exchange.outputWithoutText(kind);
      }

      @Override
      public void served(Served more) {
        exchange.served(more);
      }

      @Override
      public void finish(String reason) {
        exchange.finish(reason);
      }

      @Override
      public void usage(TokenUsage usage) {
        exchange.usage(usage);
      }

      @Override
      public void failed(String code, String message) {
        errors.broken(code, message);
      }
    };
  }

  @Override
  public boolean stopped() {
    return answer.stopped();
  }

  @Override
  public void read(Frame frame) {
    if (errors.read(frame)) {
      return;
    }
    if (frame.header(":event-type").equals("chunk")) {
      try {
        answer.read(bytes(frame));
      } catch (IOException unreadable) {
        // Jackson's own message quotes the payload, which is text of the model.
        throw new MalformedAnswerException("the payload of chunk is not valid JSON");
      }
    }
  }

  private static byte[] bytes(Frame frame) throws IOException {
    try (JsonParser json = frame.payload(JSON)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          json.nextToken();
          if (name.equals("bytes")) {
            return json.getBinaryValue();
          }
          json.skipChildren();
        }
      }
    }
    throw new IOException("no bytes");
  }

  /** Tells an answer that came in one piece, with the counts of its headers. */
  static void whole(
      byte[] body, Function<String, String> header, SdkExchange exchange, BodyFormat format) {
    StreamErrors errors = new StreamErrors(exchange, new Secrets());
    AnswerReader reader = new AnswerReader(format.paths(), sink(exchange, errors));
    try {
      reader.read(body);
      reader.readHeaders(header);
      exchange.completed();
    } catch (IOException unreadable) {
      exchange.failed(
          new Failure(
              Failure.Kind.MALFORMED,
              exchange.status(),
              "",
              "the answer is not valid JSON"
                  + (exchange.contentType().isEmpty() ? "" : " (" + exchange.contentType() + ")")));
    }
  }
}
