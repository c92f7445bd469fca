# The program and nothing else; "In containers" in README.md says how to use it.
# "make image" builds the binary first. It brings its certification authorities.
FROM scratch
COPY simulate-duo /simulate-duo
# A run against a target keeps its journal in /state, which this makes and gives to
# the user. Where root is read-only, mount a volume there, or --tmpfs /state:uid=65532.
COPY --chown=65532:65532 LICENSE /state/
ENV XDG_CACHE_HOME=/state SIMULATE_DUO_LISTEN=0.0.0.0:8443
USER 65532:65532
EXPOSE 8443
HEALTHCHECK --interval=10s --timeout=3s --start-period=2s CMD ["/simulate-duo", "secure-access", "--check"]
ENTRYPOINT ["/simulate-duo"]
CMD ["secure-access"]
