package dev.gatlingllm.provider.chat;

import dev.gatlingllm.provider.AnswerLimits;
import dev.gatlingllm.provider.Cuts.Piece;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Transcript;
import dev.gatlingllm.provider.transport.Answer;
import dev.gatlingllm.provider.transport.HttpCall;
import dev.gatlingllm.provider.transport.OpenCalls;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Takes the bodies of responses to a call, one buffer a tick. */
public final class ChatBodies {

  public static final AnswerLimits LIMITS = new AnswerLimits(1 << 20, 1 << 20);

  private static final long FIRST_TICK = 1000;

  private ChatBodies() {}

  /** What a call of chat completions with this body tells. */
  public static Transcript feed(boolean streaming, List<Piece> body) {
    return feed(AnswerFormat.CHAT, streaming, body);
  }

  /** What a call with this body tells, by the API. */
  public static Transcript feed(AnswerFormat api, boolean streaming, List<Piece> body) {
    return feed(
        api.answerTo(LlmRequest.ofPrompt("Hi").withStreaming(streaming), LIMITS), 200, body);
  }

  /** Everything that a call with this body tells. A buffer is overwritten once it was taken. */
  public static Transcript feed(Answer.Factory answers, int status, List<Piece> body) {
    AtomicLong clock = new AtomicLong();
    Transcript heard = new Transcript();
    OpenCalls calls =
        new OpenCalls(clock::get, () -> Instant.EPOCH, Optional.empty(), Runnable::run);
    HttpCall call = calls.open(answers, heard);
    call.head(status, name -> null);
    clock.set(FIRST_TICK);
    for (Piece piece : body) {
      call.body(piece.buffer());
      overwrite(piece.buffer());
      clock.incrementAndGet();
    }
    call.end();
    return heard;
  }

  /** The instant of the buffer with which so many bytes have come, or of the end. */
  static long stampOf(int bytes, List<Piece> body) {
    long tick = FIRST_TICK;
    for (Piece piece : body) {
      if (piece.end() >= bytes) {
        return tick;
      }
      tick++;
    }
    return tick;
  }

  private static void overwrite(ByteBuffer buffer) {
    if (!buffer.isReadOnly()) {
      for (int i = 0; i < buffer.limit(); i++) {
        buffer.put(i, (byte) '!');
      }
    }
  }
}
