package dev.gatlingllm.gatling.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.call.Timer;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLoopTimerTest {

  private final ManualClock clock = new ManualClock();
  private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(clock).build();
  private final EventLoopTimer timer = new EventLoopTimer(channel.eventLoop());
  private final List<String> ran = new ArrayList<>();

  private void pass(long nanos) {
    clock.advance(nanos, TimeUnit.NANOSECONDS);
    channel.runPendingTasks();
  }

  @Test
  void aTaskRunsWhenItIsDue() {
    var unused = timer.schedule(100, () -> ran.add("task"));
    pass(99);
    assertThat(ran).isEmpty();
    pass(1);
    assertThat(ran).containsExactly("task");
  }

  @Test
  void aTaskThatIsTakenBackDoesNotRun() {
    Timer.Pending pending = timer.schedule(100, () -> ran.add("task"));
    pending.cancel();
    pass(200);
    assertThat(ran).isEmpty();
  }

  @Test
  void anInstantThatHasPassedIsNow() {
    var unused = timer.schedule(-5, () -> ran.add("task"));
    pass(0);
    assertThat(ran).containsExactly("task");
  }

  @Test
  void onceTheLoopIsShutDownNothingRunsAndNothingFails() {
    DefaultEventLoop gone = new DefaultEventLoop();
    gone.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    new EventLoopTimer(gone).schedule(0, () -> ran.add("task")).cancel();
    assertThat(ran).isEmpty();
  }
}
