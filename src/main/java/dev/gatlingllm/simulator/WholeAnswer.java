package dev.gatlingllm.simulator;

import dev.gatlingllm.simulator.wire.AnswerEnd;
import dev.gatlingllm.simulator.wire.StopReason;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sends an answer in one piece, when the last chunk of a stream would have been due. */
final class WholeAnswer implements SimulatedAnswer {

  private final Call call;
  private final AnswerContext context;
  private final Exchange exchange;
  private final AnswerTimer timer;

  WholeAnswer(Call call, AnswerContext context) {
    this.call = call;
    this.context = context;
    this.exchange = context.exchange();
    this.timer = exchange.timer();
  }

  @Override
  public void begin() {
    context.truth().served(context.clock().nanos(), 1, context.shape().hiddenTokens());
    timer.after(context.plan().endNanos(), this::send);
  }

  @Override
  public void cancel() {
    timer.cancel();
  }

  private void send() {
    AnswerShape shape = context.shape();
    byte[] reasoning = context.text().next(shape.reasoningTokens());
    List<byte[]> contents = new ArrayList<>();
    for (int choice = 0; choice < context.choices(); choice++) {
      contents.add(context.text().next(shape.contentTokens()));
    }
    int reasoningTokens = shape.reasoningTokens() * context.choices();
    int tokens = reasoningTokens + shape.contentTokens() * context.choices();
    if (tokens > 0) {
      context.truth().chunk(context.clock().nanos(), tokens);
      call.made(tokens);
    }
    StopReason reason = context.has(Fault.FILTERED) ? StopReason.FILTERED : shape.stopReason();
    AnswerEnd end = context.end(reason, reasoningTokens);
    byte[] body = context.format().whole(reasoning, contents, end);
    context.format().addHeaders(call.headers(), end);
    context.truth().begun(200);
    write(body);
  }

  private void write(byte[] body) {
    if (context.has(Fault.MALFORMED)) {
      byte[] truncated = Arrays.copyOf(body, body.length - 2);
      call.end(Ending.BROKEN);
      exchange.beginWhole(call.headers(), truncated.length);
      exchange.end(Unpooled.wrappedBuffer(truncated));
    } else if (breaksInTheMiddle()) {
      exchange.beginWhole(call.headers(), body.length);
      exchange.write(Unpooled.wrappedBuffer(body, 0, body.length / 2));
      call.breakOff(context.fault().orElseThrow());
    } else {
      call.end(Ending.ANSWERED);
      exchange.beginWhole(call.headers(), body.length);
      exchange.end(Unpooled.wrappedBuffer(body));
    }
  }

  private boolean breaksInTheMiddle() {
    return context.has(Fault.STALL) || context.has(Fault.CUT) || context.has(Fault.RESET);
  }
}
