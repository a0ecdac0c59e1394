package dev.gatlingllm.provider.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.provider.AnswerLimits;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.transport.Answer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What is read of an application's answer. */
public final class ReadAnswers {

  private static final String ANSWER =
      "{\"answer\":\"Yes\",\"conversation_id\":\"c-1\",\"other\":\"No\"}";

  private ReadAnswers() {}

  /** The text, and the value that is kept, of an answer that has both and more. */
  public static List<String> of(AppFormat format) {
    List<String> read = new ArrayList<>();
    CallListener listener =
        new CallListener() {
          @Override
          public void head(long nanos, ResponseHead head) {}

          @Override
          public void output(long nanos, OutputKind kind, String text) {
            read.add(text);
          }

          @Override
          public void usage(TokenUsage usage) {}

          @Override
          public void finish(String reason) {}

          @Override
          public void completed(long nanos) {}

          @Override
          public void failed(long nanos, Failure failure) {}
        };
    Answer answer =
        AppAnswer.of(format, kept -> read.add("kept " + kept), AnswerLimits.DEFAULT)
            .of(200, new SerializedListener(listener, () -> 0, text -> text))
            .orElseThrow();
    answer.bytes(0, ByteBuffer.wrap(ANSWER.getBytes(UTF_8)));
    answer.end(0);
    return read;
  }
}
