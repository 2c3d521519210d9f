// How the page starts when it is a single file: wasm and scenarios stand in it, packed. `cargo xtask offline` puts this
// behind the glue, whose own start it calls.

const packed = (id) => document.getElementById(id).textContent;
const unpacked = (text) => {
  const bytes = Uint8Array.from(atob(text), (it) => it.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
};
const open = async () => {
  shell.texts = await unpacked(packed("scenarios")).json();
  return unpacked(packed("wasm")).arrayBuffer();
};
shell.start({ default: __wbg_init }, open());
