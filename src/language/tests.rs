use super::compile;

const FLAGSHIP: &str = include_str!("../../scenarios/first-steps/a-mug-eventually.yaml");

#[test]
fn the_first_scenario_compiles() {
    let scenario = compile(FLAGSHIP)
        .map_err(|it| it.iter().map(|it| it.to_string()).collect::<Vec<_>>().join("\n"));
    match scenario {
        Ok(it) => println!("{it:#?}"),
        Err(e) => panic!("{e}"),
    }
}
