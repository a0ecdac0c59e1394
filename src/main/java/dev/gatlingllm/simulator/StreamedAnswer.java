package dev.gatlingllm.simulator;

import dev.gatlingllm.simulator.wire.StopReason;

/**
 * Sends an answer chunk by chunk, each at its planned instant. A chunk whose instant has passed
 * goes out at once and shifts none after it.
 */
final class StreamedAnswer implements SimulatedAnswer {

  private static final int NEVER = -1;

  private final Call call;
  private final AnswerContext context;
  private final Exchange exchange;
  private final CallPlan plan;
  private final AnswerTimer timer;
  private final int faultAt;
  private long serviceNanos;
  private int next;
  private int reasoningTokens;

  StreamedAnswer(Call call, AnswerContext context) {
    this.call = call;
    this.context = context;
    this.exchange = context.exchange();
    this.plan = context.plan();
    this.timer = exchange.timer();
    this.faultAt =
        context.fault().isPresent() ? Math.min(context.faultAfterChunks(), plan.chunks()) : NEVER;
  }

  @Override
  public void begin() {
    serviceNanos = context.clock().nanos();
    context
        .truth()
        .served(serviceNanos, plan.chunks() * context.choices(), context.shape().hiddenTokens());
    context.truth().begun(200);
    exchange.beginStream(call.headers(), context.format().streamType());
    exchange.write(context.format().opening(exchange.alloc()));
    awaitNext();
  }

  @Override
  public void cancel() {
    timer.cancel();
  }

  private void awaitNext() {
    timer.after(dueNanos() - context.clock().nanos(), this::advance);
  }

  private void advance() {
    do {
      if (!step()) {
        return;
      }
    } while (dueNanos() - context.clock().nanos() <= 0);
    awaitNext();
  }

  private long dueNanos() {
    return serviceNanos + (next < plan.chunks() ? plan.dueNanos()[next] : plan.endNanos());
  }

  /** Does what is due. Returns false if nothing follows. */
  private boolean step() {
    if (next == faultAt && strike(context.fault().orElseThrow())) {
      return false;
    }
    if (next == plan.chunks()) {
      finish(context.shape().stopReason());
      return false;
    }
    sendChunk();
    return true;
  }

  private void sendChunk() {
    if (context.has(Fault.KEEPALIVE_COMMENTS)) {
      exchange.write(context.format().keepAlive(exchange.alloc()));
    }
    int tokens = plan.tokens()[next];
    boolean reasoning = plan.reasoning(next);
    next++;
    for (int choice = 0; choice < context.choices(); choice++) {
      byte[] words = context.text().next(tokens);
      var bytes = context.format().chunk(exchange.alloc(), choice, reasoning, words);
      reasoningTokens += reasoning ? tokens : 0;
      context.truth().chunk(context.clock().nanos(), tokens);
      call.made(tokens);
      exchange.write(bytes);
    }
  }

  /** Lets the fault happen. Returns whether the answer is over with it. */
  private boolean strike(Fault fault) {
    switch (fault) {
      case STALL, CUT, RESET -> call.breakOff(fault);
      case ERROR_EVENT -> {
        call.end(Ending.BROKEN);
        exchange.end(context.format().errorEvent(exchange.alloc()));
      }
      case FILTERED -> finish(StopReason.FILTERED);
      case MALFORMED -> {
        exchange.write(context.format().malformedEvent(exchange.alloc()));
        return false;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void finish(StopReason reason) {
    boolean spoilt = context.has(Fault.MALFORMED) || context.has(Fault.NO_DONE);
    var bytes = context.format().closing(exchange.alloc(), context.end(reason, reasoningTokens));
    call.end(spoilt ? Ending.BROKEN : Ending.ANSWERED);
    exchange.end(bytes);
  }
}
