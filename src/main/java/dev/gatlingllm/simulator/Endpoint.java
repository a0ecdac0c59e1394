package dev.gatlingllm.simulator;

import dev.gatlingllm.simulator.wire.StoredResponses;
import dev.gatlingllm.timing.NanoClock;
import java.util.concurrent.Executor;

/**
 * What all calls of one simulator share. Every part is thread-safe.
 *
 * @param settings the settings
 * @param clock the source of all instants
 * @param seeds the source of all randomness
 * @param latency decides when chunks are due
 * @param quotas decides who is throttled
 * @param capacity decides who waits
 * @param provisioned decides who is handed over to another deployment
 * @param spilloverLatency decides when the chunks of that one are due
 * @param faults decides who fails
 * @param cache knows the prompts that were computed
 * @param stored the conversations that it keeps
 * @param reading the threads to read them on, since counting tokens would hold up an event loop
 * @param log the calls that ended
 * @param counters how many calls came and went
 * @param served what was done for calls, for {@link VllmMetrics}
 * @param watch observes each request
 */
record Endpoint(
    SimulatorSettings settings,
    NanoClock clock,
    Seeds seeds,
    LatencyModel latency,
    Quotas quotas,
    Capacity capacity,
    ProvisionedDeployment provisioned,
    LatencyModel spilloverLatency,
    FaultDraw faults,
    PromptCache cache,
    StoredResponses stored,
    Executor reading,
    CallLog log,
    Counters counters,
    ServedTally served,
    RequestWatch watch) {

  static Endpoint of(SimulatorSettings settings, NanoClock clock, Executor reading) {
    return of(settings, clock, reading, RequestWatch.NONE);
  }

  static Endpoint of(
      SimulatorSettings settings, NanoClock clock, Executor reading, RequestWatch watch) {
    return new Endpoint(
        settings,
        clock,
        new Seeds(settings.process().seed()),
        new LatencyModel(settings.latency()),
        new Quotas(settings.limits(), clock.nanos()),
        new Capacity(settings.limits().capacity(), settings.limits().queueLimit()),
        new ProvisionedDeployment(settings.spillover()),
        new LatencyModel(settings.latency().withTtft(settings.spillover().spilloverTtft())),
        new FaultDraw(settings.faults().faults()),
        new PromptCache(settings.cache()),
        new StoredResponses(),
        reading,
        new CallLog(settings.process().recordedCalls()),
        new Counters(),
        new ServedTally(),
        watch);
  }
}
