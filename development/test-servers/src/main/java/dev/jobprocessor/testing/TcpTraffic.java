package dev.jobprocessor.testing;

/** What a proxy does with the bytes it receives. */
enum TcpTraffic {

    FLOWS, STALLED, ANSWERS_SWALLOWED

}
