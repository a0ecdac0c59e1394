package dev.gatlingllm.gatling.call;

import dev.gatlingllm.provider.app.AppFormat;
import dev.gatlingllm.secret.Secret;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.Optional;

/**
 * A call that is a request of Gatling's own HTTP DSL: sent by Gatling's HTTP client over the
 * connections of its user, and measured, recorded and reported as any other call.
 *
 * <p>Of the request, its checks, transformations and resources are not carried out, nor are
 * redirects followed or cookies of the response kept.
 *
 * @param target what is called, such as a host's name: the model of the call's record
 * @param request in Gatling's HTTP DSL
 * @param format how to read the response
 * @param savedAs the session attribute for the value that the format keeps
 * @param key what must never be in a record
 */
public record OverHttp(
    String target,
    HttpRequestActionBuilder request,
    AppFormat format,
    String savedAs,
    Optional<Secret> key) {}
