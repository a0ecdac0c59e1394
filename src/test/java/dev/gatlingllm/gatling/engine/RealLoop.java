package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.call.CallProbe;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.commons.util.Clock;
import io.gatling.core.CoreComponents;
import io.gatling.core.actor.ActorSystem;
import io.gatling.netty.util.Transports;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.TimeUnit;
import scala.Option;

/** Gatling's parts with an event loop that really turns, for calls over real connections. */
public final class RealLoop implements AutoCloseable {

  private final EventLoopGroup loops =
      Transports.newEventLoopGroup(
          GatlingDefaults.use().netty().useNativeTransport(),
          GatlingDefaults.use().netty().useIoUring(),
          1,
          "real-loop");
  private final ActorSystem actors = new ActorSystem();

  EventLoop loop() {
    return loops.next();
  }

  CoreComponents core() {
    Clock clock = () -> NanoClock.SYSTEM.nanos() / 1_000_000;
    return new CoreComponents(
        actors,
        loops,
        new RecordingActor<>(),
        Option.empty(),
        new RecordingStatsEngine(),
        clock,
        new RecordingAction(),
        GatlingDefaults.use());
  }

  /** What a preparation gets. Calls are built on its own thread, and leave no trace. */
  public Preparation.Engine engine() {
    return new Preparation.Engine(
        () -> new EventLoopTimer(loop()),
        Runnable::run,
        CallProbe.NONE,
        (request, result) -> {},
        target -> new LoneHttpClient(core(), target));
  }

  @Override
  public void close() {
    actors.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
