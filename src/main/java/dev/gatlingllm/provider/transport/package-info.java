/**
 * Calls over HTTP: the transport that stamps bytes before they are decoded, the events of a stream,
 * headers and errors. Knows no vendor's SDK and no API.
 */
package dev.gatlingllm.provider.transport;
