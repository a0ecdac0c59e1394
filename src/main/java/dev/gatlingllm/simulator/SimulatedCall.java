package dev.gatlingllm.simulator;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What truly happened to one call. Instants are nanoseconds of the {@link
 * dev.gatlingllm.timing.NanoClock} given to {@link Simulator#start}.
 *
 * @param requestId what the answer's {@code apim-request-id}, {@code x-request-id} or {@code
 *     x-amzn-requestid} says
 * @param number position in the order in which calls came in, from 0
 * @param status the HTTP status; empty if no response was begun
 * @param fault the fault that the call was given
 * @param ending how it ended
 * @param inputTokens tokens of the request; empty if it was refused before they were counted
 * @param cachedTokens tokens of the request that the answer says were read from a prompt cache;
 *     empty if it was not answered
 * @param outputTokens tokens that were generated, hidden reasoning included
 * @param receivedNanos when the request was complete
 * @param serviceNanos when it left the queue; empty if it never did
 * @param chunkNanos when each chunk with model output was handed to the socket, ascending; a single
 *     one for an answer that is not streamed
 * @param endNanos when the last bytes were handed to the socket, the connection was broken or the
 *     client's departure was seen; empty if the call hung or stalled
 */
@SuppressWarnings("ArrayRecordComponent") // one number per chunk of every call: boxing would cost
public record SimulatedCall(
    String requestId,
    long number,
    OptionalInt status,
    Optional<Fault> fault,
    Ending ending,
    OptionalInt inputTokens,
    OptionalInt cachedTokens,
    int outputTokens,
    long receivedNanos,
    OptionalLong serviceNanos,
    long[] chunkNanos,
    OptionalLong endNanos) {}
