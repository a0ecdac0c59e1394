package dev.gatlingllm.simulator;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sends an answer in one piece, when the last chunk of a stream would have been due. */
final class WholeAnswer implements Answer {

  private final Call call;
  private final Serving serving;
  private final Exchange exchange;
  private final Pacer pacer;

  WholeAnswer(Call call, Serving serving) {
    this.call = call;
    this.serving = serving;
    this.exchange = serving.exchange();
    this.pacer = exchange.pacer();
  }

  @Override
  public void begin() {
    serving.truth().served(serving.clock().nanos(), 1, serving.shape().hiddenTokens());
    pacer.after(serving.plan().endNanos(), this::send);
  }

  @Override
  public void cancel() {
    pacer.cancel();
  }

  private void send() {
    AnswerShape shape = serving.shape();
    byte[] reasoning = serving.words().next(shape.reasoningTokens());
    List<byte[]> contents = new ArrayList<>();
    for (int choice = 0; choice < serving.choices(); choice++) {
      contents.add(serving.words().next(shape.contentTokens()));
    }
    int reasoningTokens = shape.reasoningTokens() * serving.choices();
    int tokens = reasoningTokens + shape.contentTokens() * serving.choices();
    if (tokens > 0) {
      serving.truth().chunk(serving.clock().nanos(), tokens);
    }
    StopReason reason = serving.has(Fault.FILTERED) ? StopReason.FILTERED : shape.stopReason();
    Tail tail = serving.tail(reason, reasoningTokens);
    byte[] body = serving.format().whole(reasoning, contents, tail);
    serving.format().addHeaders(call.headers(), tail);
    serving.truth().begun(200);
    write(body);
  }

  private void write(byte[] body) {
    if (serving.has(Fault.MALFORMED)) {
      byte[] truncated = Arrays.copyOf(body, body.length - 2);
      call.end(Ending.BROKEN);
      exchange.beginWhole(call.headers(), truncated.length);
      exchange.end(Unpooled.wrappedBuffer(truncated));
    } else if (breaksInTheMiddle()) {
      exchange.beginWhole(call.headers(), body.length);
      exchange.write(Unpooled.wrappedBuffer(body, 0, body.length / 2));
      strike(serving.fault().orElseThrow());
    } else {
      call.end(Ending.ANSWERED);
      exchange.beginWhole(call.headers(), body.length);
      exchange.end(Unpooled.wrappedBuffer(body));
    }
  }

  private boolean breaksInTheMiddle() {
    return serving.has(Fault.STALL) || serving.has(Fault.CUT) || serving.has(Fault.RESET);
  }

  private void strike(Fault fault) {
    switch (fault) {
      case STALL -> call.stall();
      case CUT -> {
        call.end(Ending.BROKEN);
        exchange.cut();
      }
      default -> {
        call.end(Ending.BROKEN);
        exchange.reset();
      }
    }
  }
}
